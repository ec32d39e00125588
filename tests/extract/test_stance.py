"""Stance of an act word in a parsed sentence. Places, groups and people are invented."""

from __future__ import annotations

import pytest

from probata.extract.parse import cut_sentences, parse
from probata.extract.sentences import Sentence
from probata.extract.stance import stance_of
from probata.model.report import Block, BlockKind

ROWS = [  # sentence, act word, stance, claim type
    ("The army killed 12 farmers in Orvel.", "killed", "affirmed", "killing"),
    ("Twelve farmers were killed by the army in Orvel.", "killed", "affirmed", "killing"),
    ("The army did not kill the farmers.", "kill", "denied", "killing"),
    ("The army didnt kill the farmers.", "kill", "denied", "killing"),
    ("The army has never shelled Orvel.", "shelled", "denied", "attack"),
    ("The army denied killing the farmers.", "killing", "denied", "killing"),
    ("The army denied that it had killed the farmers.", "killed", "denied", "killing"),
    ("The minister rejected claims that soldiers killed the farmers.", "killed", "denied", "killing"),
    ("The minister dismissed reports of killings in Orvel.", "killings", "denied", "killing"),
    ("The army denied responsibility for the attack.", "attack", "denied", "attack"),
    ("The army denied any involvement in the killing of the farmers.", "killing", "denied", "killing"),
    ("The government has not acknowledged killing the farmers.", "killing", "denied", "killing"),
    ("No civilians were killed.", "killed", "denied", "killing"),
    ("Nobody was hurt in the blast.", "hurt", "denied", "injury"),
    ("No one was killed in the raid.", "killed", "denied", "killing"),
    ("None of the passengers were injured.", "injured", "denied", "injury"),
    ("The rocket landed in a field without killing anyone.", "killing", "denied", "killing"),
    ("There were no casualties.", "casualties", "denied", "casualties"),
    ("No casualties were reported.", "casualties", "denied", "casualties"),
    ("The strike caused no deaths or injuries.", "injuries", "denied", "injury"),
    ("Militants may have killed the teacher.", "killed", "possible", "killing"),
    ("The strike might have killed dozens.", "killed", "possible", "killing"),
    ("The strike could have killed dozens.", "killed", "possible", "killing"),
    ("Dozens are feared killed in Orvel.", "killed", "possible", "killing"),
    ("Dozens are feared dead in Orvel.", "dead", "possible", "killing"),
    ("Rebels allegedly killed the teacher.", "killed", "possible", "killing"),
    ("Rebels reportedly killed the teacher.", "killed", "possible", "killing"),
    ("Two children are reported to have died.", "died", "possible", "killing"),
    ("Five people are believed to have been killed.", "killed", "possible", "killing"),
    ("The army is suspected of killing the teacher.", "killing", "possible", "killing"),
    ("The rebels appear to have executed the prisoners.", "executed", "possible", "killing"),
    ("It is likely that the army killed the farmers.", "killed", "possible", "killing"),
    ("An alleged attack on Orvel shocked the town.", "attack", "possible", "attack"),
    ("The army will kill the hostages.", "kill", "future", "killing"),
    ("The army wont kill the hostages.", "kill", "denied", "killing"),
    ("The rebels threatened to kill the hostages.", "kill", "future", "killing"),
    ("The general vowed to destroy the town.", "destroy", "future", "damage"),
    ("The army plans to storm Orvel.", "storm", "future", "attack"),
    ("The army planned to execute the men.", "execute", "future", "killing"),
    ("The army is set to evacuate the town.", "evacuate", "future", "displacement"),
    ("The rebels were about to execute the men.", "execute", "future", "killing"),
    ("Residents are expected to be evacuated.", "evacuated", "future", "displacement"),
    ("The rebels issued a threat to kill the hostages.", "kill", "future", "killing"),
    ("The commander ordered his men to kill the prisoners.", "kill", "normative", "killing"),
    ("If the army kills the hostages, the talks will end.", "kills", "conditional", "killing"),
    ("The rebels will kill the hostages unless the army withdraws.", "kill", "conditional", "killing"),
    ("The rebels would have killed the hostages.", "killed", "conditional", "killing"),
    ("The army must not kill civilians.", "kill", "normative", "killing"),
    ("All sides should stop killing civilians.", "killing", "normative", "killing"),
    ("The envoy urged the army not to kill civilians.", "kill", "normative", "killing"),
    ("The envoy called on the army to stop the shelling.", "shelling", "normative", "attack"),
    ("The envoy called for an end to the bombing.", "bombing", "normative", "attack"),
    ("The envoy demanded that the army stop killing civilians.", "killing", "normative", "killing"),
    ("The obligation of all parties not to kill civilians was stressed.", "kill", "normative", "killing"),
    ("The agency could not verify that the army killed the farmers.", "killed", "unverified", "killing"),
    ("The agency could not confirm the killing of the farmers.", "killing", "unverified", "killing"),
    ("It was not immediately clear whether people were killed.", "killed", "unverified", "killing"),
    ("There were unconfirmed reports of deaths in Orvel.", "deaths", "unverified", "killing"),
    ("The agency is investigating whether the army killed the farmers.", "killed", "unverified", "killing"),
    ("Rebels tried to kill the mayor.", "kill", "possible", "killing"),
    ("Rebels tried to storm the town.", "storm", "affirmed", "attack"),
    ("The bomb failed to kill the mayor.", "kill", "denied", "killing"),
    ("The mayor narrowly escaped being killed.", "killed", "denied", "killing"),
    ("The mayor narrowly escaped death.", "death", "denied", "killing"),
    ("The shelling nearly killed the mayor.", "killed", "denied", "killing"),
    ("No more people were killed.", "killed", "denied", "killing"),
    ("The rebels have yet to attack the town.", "attack", "denied", "attack"),
    ("Unconfirmed reports said 12 people were killed.", "killed", "unverified", "killing"),
    ("Killing prisoners is a war crime.", "killing", "normative", "killing"),
    ("The army had no role in the killing.", "killing", "denied", "killing"),
    ("Those who kill civilians will be tried.", "kill", "conditional", "killing"),
    ("Did the army kill the farmers?", "kill", "unverified", "killing"),
    ("The defeat will leave them without control of a town.", "control", "future", "territory"),
    ("Police prevented rebels from killing the mayor.", "killing", "denied", "killing"),
    ("Police foiled an attack on the market.", "attack", "denied", "attack"),
    ("The general said the army killed 12 rebels.", "killed", "affirmed", "killing"),
    ("The opposition accused the army of killing 12 farmers.", "killing", "affirmed", "killing"),
    ("The opposition blamed the army for killing 12 farmers.", "killing", "affirmed", "killing"),
    ("The envoy condemned the killing of 12 farmers.", "killing", "affirmed", "killing"),
    ("The envoy condemned the attack, which killed 12 farmers.", "killed", "affirmed", "killing"),
    ("The men who killed the farmers must be punished.", "killed", "affirmed", "killing"),
    ("The strike hit a market, killing 12 people.", "killing", "affirmed", "killing"),
    ("The strike may have hit a market, killing 12 people.", "killing", "possible", "killing"),
    ("The army killed 12 people and wounded 30.", "wounded", "affirmed", "injury"),
    ("The army may have killed 12 people and wounded 30.", "wounded", "possible", "injury"),
    ("The army did not kill but wounded the man.", "wounded", "affirmed", "injury"),
    ("Not only soldiers were killed in Orvel.", "killed", "affirmed", "killing"),
    ("The family had to flee the town.", "flee", "affirmed", "displacement"),
    ("Thousands were forced to flee the town.", "flee", "affirmed", "displacement"),
    ("The shelling forced thousands to leave their homes.", "leave", "affirmed", "displacement"),
    ("The army managed to seize the hill.", "seize", "affirmed", "territory"),
    ("No group claimed responsibility for the attack on the market.", "attack", "affirmed", "attack"),
    ("There was no immediate claim of responsibility for the bombing.", "bombing", "affirmed", "attack"),
    ("There was no information on casualties in the raids.", "casualties", "unverified", "casualties"),
    ("It was unclear if the convoy was attacked.", "attacked", "unverified", "attack"),
    ("The strikes were due to an error.", "strikes", "affirmed", "attack"),
    ("The raids are aimed at rebel supply lines.", "raids", "affirmed", "attack"),
    ("The truce allowed families to flee the town.", "flee", "affirmed", "displacement"),
    ("The army should allow families to flee the town.", "flee", "normative", "displacement"),
    ("The army did not allow families to leave the town.", "leave", "denied", "displacement"),
    ("The army cited a resolution under which the depots were destroyed.", "destroyed", "affirmed", "damage"),
    ("The government denied responsibility for the shelling.", "denied", "denied", "attack"),
    ("The government did not deny shelling the town.", "deny", "possible", "attack"),
    ("The minister ruled out that planes had bombed the school.", "bombed", "denied", "attack"),
    ("Capturing the enclave will be the biggest victory of the army.", "capturing", "future", "territory"),
    ("Two sites to be visited are near Orvel.", "visited", "future", "verification"),
    ("He was the first to be killed.", "killed", "affirmed", "killing"),
    ("The two sides agreed a ceasefire.", "ceasefire", "affirmed", "agreement"),
    ("Reports said the army had failed to kill the mayor.", "kill", "denied", "killing"),
    ("People could be seen fleeing the town.", "fleeing", "affirmed", "displacement"),
    ("The strike was likely carried out by the army.", "strike", "possible", "attack"),
    ("The rebels were responsible for the attack.", "attack", "affirmed", "attack"),
    ("The rebels were not behind the attack.", "attack", "denied", "attack"),
    ("The rebels are likely behind the attack.", "attack", "possible", "attack"),
    ("The envoy urged both sides to stop.", "urged", "normative", "appeal"),
    ("The rebels warned of more raids.", "warned", "future", "threat"),
    ("The rebels warned they would attack if provoked.", "warned", "conditional", "threat"),
    ("The agency could not verify the report.", "verify", "unverified", "verification"),
    ("The agency is not able to verify the report.", "verify", "unverified", "verification"),
    ("The agency verified the video.", "verified", "affirmed", "verification"),
    ("The mayor condemned the raid.", "condemned", "affirmed", "condemnation"),
    ("All parties must respect the law.", "law", "normative", "legal"),
    ("The raid was a violation of the law.", "violation", "affirmed", "legal"),
    ("Rebels to attack Orvel", "attack", "future", "attack"),
    ("The bombing continued for a third day.", "bombing", "affirmed", "attack"),
    ("The bombing will continue, the general said.", "bombing", "future", "attack"),
]


def sentence(text: str) -> Sentence:
    found = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])[0]
    parse([found])
    return found


@pytest.mark.parametrize(("text", "word", "stance", "act"), ROWS, ids=[r[0][:60] for r in ROWS])
def test_stance_of_an_act(text: str, word: str, stance: str, act: str) -> None:
    s = sentence(text)
    got, why = stance_of(s, s.low.index(word), act)
    assert got == stance, why
    assert why


@pytest.mark.parametrize(("text", "word", "stance", "act"), ROWS, ids=[r[0][:60] for r in ROWS])
def test_stance_without_a_parse_never_fails(text: str, word: str, stance: str, act: str) -> None:
    s = cut_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])[0]
    for i in range(len(s.words)):
        stance_of(s, i, act)


def test_stance_of_any_word_never_fails() -> None:
    for text, *_ in ROWS:
        s = sentence(text)
        for i in range(len(s.words)):
            stance_of(s, i)
