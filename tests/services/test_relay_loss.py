"""A relay that loses its file: what lay there is asked for again, and arrives once."""

from tests.services.people import DAY, HOUR, World


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


def lose_one(world: World) -> None:
    """Let the relay accept a letter and throw it away, and carry one that is written an hour later."""
    world.ann.write("Thrown away.")
    world.ann.exchange()
    world.relay.withhold(0)
    world.pass_time(HOUR)
    world.ann.write("Kept.")
    world.settle()


def test_a_letter_that_was_accepted_and_thrown_away(met: World) -> None:
    """A receipt for a later letter shows the hole; a day on it goes once more, and arrives in its place."""
    lose_one(met)
    assert met.ann.states() == ["sent", "delivered"]
    met.pass_time(DAY - 2 * HOUR)
    met.settle()
    assert met.carl.texts() == ["Kept."]
    met.pass_time(HOUR)
    met.settle()
    assert met.carl.texts() == ["Thrown away.", "Kept."]
    assert met.ann.states() == ["delivered", "delivered"]
    assert [each.again for each in met.ann.letters()] == [True, False]


def test_a_letter_that_is_thrown_away_every_time(met: World) -> None:
    """It goes twice more, each time that a later one shows the hole, and then stays sent; it never counts as failed."""
    lose_one(met)
    again = 0
    for number in range(9):
        met.pass_time(DAY)
        met.ann.exchange()
        again += len(met.relay.waiting())
        for _ in met.relay.waiting():
            met.relay.withhold(0)
        met.pass_time(HOUR)
        met.ann.write(f"And {number}.")
        met.settle()
    assert again == 2
    assert met.ann.states() == ["sent", *["delivered"] * 10]


def test_a_letter_that_waits_to_be_fetched_is_not_lost(met: World) -> None:
    """As long as no later letter was proved, nothing goes twice, however long the other side is away."""
    met.ann.write("one")
    met.ann.write("two")
    met.ann.exchange()
    for _ in range(5):
        met.pass_time(DAY)
        met.ann.exchange()
    assert len(met.relay.waiting()) == 2
    assert not any(each.again for each in met.ann.letters())
