"""The web pages: the researchers' chat, the museum terminal, the source view and the JSON API."""
