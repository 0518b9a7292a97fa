"""What an attacker would try, against the real server: going out, breaking in, wearing out."""
