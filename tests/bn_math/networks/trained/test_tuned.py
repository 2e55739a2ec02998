"""The file of best rates belongs to the default settings: it holds every one that their study asks for."""

from bn_math import NetworkSettings
from bn_math.networks.trained.__main__ import recipes
from bn_math.networks.trained.tuned import file_text, kept_rates, key_of


def test_the_file_holds_every_rate_that_the_default_study_asks_for_and_no_other() -> None:
    settings = NetworkSettings()
    assert list(kept_rates()) == [key_of(settings, recipe) for recipe in recipes(settings)]


def test_what_is_written_is_read_again() -> None:
    kept = kept_rates()
    header, *lines = file_text(kept).splitlines()
    assert len(lines) == len(kept) and header.endswith("rate")


def test_another_setting_is_another_key() -> None:
    recipe = next(recipes(NetworkSettings()))
    assert key_of(NetworkSettings(mark=0.2), recipe) not in kept_rates()
    assert key_of(NetworkSettings(seed=1), recipe) in kept_rates()
