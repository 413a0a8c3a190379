"""Frozen values that cross stage boundaries; stages meet nowhere else."""
