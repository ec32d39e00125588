"""Attribution: who says what, in one report, whatever is said."""

from probata.extract.attribution.finding import find
from probata.extract.attribution.readings import SpeakerReading, speaker_of
from probata.extract.attribution.speakers import Roster, resolve

__all__ = ["Roster", "SpeakerReading", "find", "resolve", "speaker_of"]
