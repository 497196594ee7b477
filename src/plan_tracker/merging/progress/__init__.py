"""How far a period has come: its nine steps and their days, who is to be reminded, what was rejected and waits."""
