"""Training and measuring the embedding shipped in vectorstore/model. Never needed to run Wenbao: reads ../shared/corpora."""
