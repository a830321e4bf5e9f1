"""What is done: each verb checks everything first, and happens whole or not at all."""
