"""A relay that loses its file: what lay there is asked for again, and arrives once."""

from tests.services.people import DAY, World


def test_letters_that_lay_at_the_relay(met: World) -> None:
    """Letters that the relay had accepted and then lost arrive all the same, once, in order, from both sides."""
    for number in (1, 2, 3):
        met.ann.write(f"Ann's letter {number}")
        met.carl.write(f"Carl's letter {number}")
    met.ann.exchange()
    met.carl.line.relay.lose_everything()
    met.settle()
    assert met.carl.texts() == [f"Ann's letter {number}" for number in (1, 2, 3)]
    assert met.ann.texts() == [f"Carl's letter {number}" for number in (1, 2, 3)]
    assert {*met.ann.states(), *met.carl.states()} == {"delivered"}


def test_what_was_delivered_is_not_sent_again(met: World) -> None:
    """A letter that had arrived before the loss is not carried a second time, and nothing keeps going to and fro."""
    met.ann.write("Here already")
    met.settle()
    met.relay.lose_everything()
    met.settle()
    assert met.carl.texts() == ["Here already"]
    assert not any(letter.again for letter in met.ann.letters())
    met.pass_time(DAY)
    met.settle()
    before = met.relay.requests
    met.settle(1)
    assert met.relay.requests - before == 2
    assert met.ann.is_idle()
    assert met.carl.is_idle()


def test_losing_it_again_and_again(met: World) -> None:
    """However often the file is lost, a letter arrives when it is kept for one exchange."""
    met.ann.write("At last")
    for _ in range(8):
        met.relay.lose_everything()
        met.ann.exchange()
        met.relay.lose_everything()
        met.carl.exchange()
    met.pass_time(DAY // 4)
    met.settle()
    assert met.carl.texts() == ["At last"]
    assert met.ann.states() == ["delivered"]
