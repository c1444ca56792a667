"""What a low answer of a customer is, in one place for whoever follows it up."""

# Of 10, as in the net promoter score: 0 to 6 are detractors.
NPS_LOW = 6
# Of 5 points, of a rating or of a question about satisfaction.
POINTS_LOW = 2
