"""Who says so: speakers, and claims of responsibility, toll and control (CODEBOOK 9)."""
