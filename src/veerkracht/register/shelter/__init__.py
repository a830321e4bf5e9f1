"""After a place was found tonight: stays in crisis and their norms, consents, hand-over, counselling."""
