"""What people look at after a run: the summary and the HTML report."""
