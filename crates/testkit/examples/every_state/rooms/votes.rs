//! Questions to the whole and to a unit, votes that change, seals, and what comes into force.

use federation::act::{
    Count, Method, Question, SealAct, SetMethod, Threshold, Vote, WithdrawProposal,
};
use federation::rows::Sealed;
use federation::{Act, Days, Pact};
use testkit::{Listed, Scene, asks, votes};

use super::{one_each, open};
use crate::model::{Acts, Room, Size};

pub(crate) const VOTES: Room = Room {
    name: "proposals and votes",
    begins: || {
        let units = [("bakery", 2), ("clinic", 1), ("farm", 1)];
        Scene::found(units.map(|(called, members)| Listed::new(called, members)).to_vec())
    },
    acts,
    within: |_, _| true,
    acts_deep: [6, 11, 14],
    days: (8, [2, 2, 3]),
    reached: &[
        ("another pact in force", |model, at| model.at(at).pacts().len() > 1),
        ("a proposal that rests", |model, at| {
            model.at(at).proposals().any(|(_, row)| row.counted().is_some() && !row.has_passed())
        }),
        ("a seal before the close", |model, at| {
            let mut units = model.at(at).proposals().flat_map(|(_, row)| row.electorate.values());
            units.any(|voting| voting.seal.is_some_and(|seal| seal.how == Sealed::Members))
        }),
        ("a unit on the earlier pact", |model, at| {
            let newest = model.at(at).pacts().len() - 1;
            let mut units = model.at(at).units();
            units.any(|(_, row)| usize::try_from(row.pact).is_ok_and(|own| own < newest))
        }),
    ],
};

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let days = |days| scene.now.plus_days(Days(days));
    let is_asked = |whole: bool| {
        let mut all = federation.proposals();
        all.any(|(_, row)| matches!(row.question, Question::Pact(_)) == whole)
    };
    if let Some(&(_, first)) = one_each(scene).first() {
        let pact = Pact { notice_days: 10, ..Pact::default() };
        let pact = Question::Pact(Box::new(pact));
        let begins = federation.founded() == Some(scene.now);
        if begins && !is_asked(true) {
            acts.may(first, Act::Propose(asks(pact, days(11))));
        }
        if begins && is_asked(true) && !is_asked(false) && size > Size::Tiny {
            acts.may(first, Act::Propose(asks(Question::Own {}, days(4))));
        }
        if size == Size::Long {
            let count = Count::YesNo { share: Threshold::TwoThirds };
            let method = Method { consent_tries: 1, count };
            acts.may(first, Act::SetMethod(SetMethod { method }));
        }
    }
    for (proposal, row) in open(federation) {
        for (id, person) in federation.persons() {
            let Some(by) = scene.with_key(id) else { continue };
            let voting = person.unit.and_then(|unit| row.electorate.get(&unit));
            if voting.is_none_or(|voting| voting.seal.is_some()) {
                continue;
            }
            acts.may(by, votes(proposal, Vote::Choose(0)));
            acts.may(by, votes(proposal, Vote::Choose(1)));
            acts.may(by, Act::Seal(SealAct { proposal }));
        }
        if let Some(author) = scene.with_key(row.by) {
            acts.may(author, Act::WithdrawProposal(WithdrawProposal { proposal }));
        }
    }
    if let Some(&(_, last)) = one_each(scene).last() {
        acts.may(last, Act::Leave {});
    }
}
