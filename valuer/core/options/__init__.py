"""The mathematics of real options (实物期权), shared by the methods.

``terms`` declares what all of them ask for; the others price: in closed form, on a
lattice, or by simulation and least squares.
"""
