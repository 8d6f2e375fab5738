//! Delegates are sent, say their unit's yes in advance, give mandates back and are recalled.

use federation::act::{Instruction, Question, Vote};
use federation::rows::{Ended, Sealed};
use federation::{Act, Days};
use testkit::{Listed, Scene, asks, lay_down, phrases, recall, sent_with, votes};

use super::{everybody, one_each, open};
use crate::model::{Acts, Room, Size};

pub(crate) const DELEGATES: Room = Room {
    name: "delegates and recall",
    begins,
    acts,
    within: |federation, size| {
        let moves = if size == Size::Long { 3 } else { 2 };
        federation.persons().all(|(_, row)| row.moves.len() <= moves)
    },
    acts_deep: [6, 9, 10],
    days: (8, [2, 2, 3]),
    reached: &[
        ("a delegate recalled", |model, at| {
            let mut all = model.at(at).mandates();
            all.any(|(_, row)| matches!(row.ended, Some(Ended::Recalled(_))))
        }),
        ("a mandate laid down", |model, at| {
            let mut all = model.at(at).mandates();
            all.any(|(_, row)| matches!(row.ended, Some(Ended::LaidDown(_))))
        }),
        ("a yes given in advance", |model, at| {
            let mut units = model.at(at).proposals().flat_map(|(_, row)| row.electorate.values());
            units.any(|voting| {
                voting.seal.is_some_and(|seal| matches!(seal.how, Sealed::Mandate(_)))
            })
        }),
        ("two mandates", |model, at| model.at(at).mandates().len() > 1),
    ],
};

/// The bakery has sent its first member, bound to the text that the clinic will propose.
fn begins() -> Scene {
    let mut scene = Scene::found(vec![Listed::new("bakery", 3), Listed::new("clinic", 1)]);
    let bakery = scene.called("bakery");
    let first = scene.signer(bakery);
    scene.sent_to_say(bakery, first, bound(), 150);
    scene
}

fn bound() -> Instruction {
    let text = asks(Question::Text {}, federation::Time::default()).text;
    Instruction::Bound { question: Box::new(Question::Text {}), text }
}

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let days = |days| scene.now.plus_days(Days(days));
    let all = everybody(scene);
    let bakery = scene.signers(scene.called("bakery"));
    let begins = federation.proposals().all(|(_, row)| row.since == scene.now || !row.is_open());
    let asked = |what: fn(&Question) -> bool| {
        federation.proposals().skip(1).any(|(_, row)| what(&row.question))
    };
    if let Some(&(_, clinic)) = one_each(scene).last()
        && begins
        && !asked(|question| *question == Question::Text {})
    {
        acts.may(clinic, Act::Propose(asks(Question::Text {}, days(11))));
    }
    if let [first, .., last] = bakery[..]
        && !asked(|question| matches!(question, Question::Mandate { .. }))
        && begins
        && size > Size::Tiny
    {
        let terms = sent_with(Instruction::Voice {}, days(60));
        let delegate = last.person;
        acts.may(first, Act::Propose(asks(Question::Mandate { delegate, terms }, days(4))));
    }
    for &by in &all {
        for (proposal, row) in open(federation) {
            let asks_all = row.electorate.len() > 1;
            if !asks_all && size < Size::Long && bakery.first() == Some(&by) {
                continue;
            }
            acts.may(by, votes(proposal, Vote::Choose(0)));
            acts.may(by, votes(proposal, Vote::Choose(1)));
        }
        for (id, _) in federation.mandates().filter(|(_, row)| row.ended.is_none()) {
            let Some(mandate) = federation.mandate_ref(id) else { continue };
            acts.may(by, recall(mandate));
            acts.may(by, lay_down(mandate));
        }
    }
    if let Some(&last) = bakery.get(2) {
        acts.may(last, Act::MemberLeaves {});
    }
    let out = federation.persons().filter(|(_, row)| row.unit.is_none());
    for (_, row) in out.filter(|_| size == Size::Long) {
        if let Some(&by) = bakery.first() {
            acts.may(by, phrases::admit_without_key(row.id));
        }
    }
}
