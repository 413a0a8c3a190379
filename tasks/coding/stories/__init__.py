"""From reports to events: what is one running account, news, history or a remark (CODEBOOK 1, 3)."""
