"""From a text to the claims it makes: names, dates, frames, attribution."""
