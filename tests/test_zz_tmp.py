def test_a(answerer):
    pass
