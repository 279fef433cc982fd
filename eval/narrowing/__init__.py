"""Questions with a word that narrows the figure, questions with talk beside it, and what is learned from both."""
