"""One module per prediction stage: predict(items) -> predictions."""
