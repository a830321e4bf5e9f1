"""Quality: indicators of organisations through time, and what was done to better them."""
