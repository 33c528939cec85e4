"""The mail edition of a day: what it says (`edition`), as a message (`message`), to whom (`recipients`), and by whom
it was got already (`ledger`). `sending` alone talks to a server.
"""
