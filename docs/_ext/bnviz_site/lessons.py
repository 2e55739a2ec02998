"""The lesson that the site speaks of, the article's, and where its trained networks are kept."""

from __future__ import annotations

from pathlib import Path

from bnviz.cache.networks import keep_networks
from bnviz.cache.store import CACHE
from scenes.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = Settings(voice=False)
LESSON = SETTINGS.lesson

keep_networks(ROOT / CACHE, print)
