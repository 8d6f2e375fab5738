//! Claims that overlap, talks, mediators, options, and votes on the use of a resource.

use federation::act::Vote;
use federation::rows::{Settled, Stage};
use federation::{Act, Days};
use testkit::{Listed, Scene, phrases, votes};

use super::{one_each, open};
use crate::model::{Acts, Room, Size};

pub(crate) const CONFLICTS: Room = Room {
    name: "resources and conflicts",
    begins: || {
        let units = ["bakery", "clinic", "farm"];
        let mut scene = Scene::found(units.map(|called| Listed::new(called, 1)).to_vec());
        let bakery = scene.called("bakery");
        scene.registered(bakery, "the mill");
        scene
    },
    acts,
    within: |federation, size| {
        let options = if size == Size::Long { 8 } else { 7 };
        federation.conflicts().all(|(_, row)| row.options.len() <= options)
            && federation.persons().all(|(_, row)| row.moves.len() <= 1)
    },
    acts_deep: [5, 11, 11],
    days: (10, [4, 8, 8]),
    reached: &[
        ("a settlement signed by all", |model, at| {
            settled(model.at(at), |how| how == Settled::Signed)
        }),
        ("a settlement by consent", |model, at| {
            settled(model.at(at), |how| matches!(how, Settled::Consent { .. }))
        }),
        ("an option put to the vote", |model, at| {
            let mut all = model.at(at).conflicts();
            all.any(|(_, row)| matches!(row.stage, Stage::Voting { .. }))
        }),
    ],
};

fn settled(federation: &federation::Federation, by: fn(Settled) -> bool) -> bool {
    let mut all = federation.conflicts().filter_map(|(_, row)| row.settlement.as_ref());
    all.any(|settlement| by(settlement.how))
}

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let Some(mill) = federation.resources().next() else { return };
    let Some(resource) = federation.resource_ref(mill.0) else { return };
    let each = one_each(scene);
    let begun = federation.founded().unwrap_or_default();
    let year = (begun, begun.plus_days(Days(300)));
    let claimants = if size == Size::Long { 3 } else { 2 };
    for &(unit, by) in each.iter().take(claimants) {
        let mut claimed = federation.claims().filter(|(_, row)| row.unit == unit);
        if claimed.next().is_none() {
            acts.may(by, Act::Claim(phrases::claim(resource, by.person, year)));
        }
    }
    for (id, row) in federation.claims().filter(|(_, row)| row.released.is_none()) {
        let Some(claim) = federation.claim_ref(id) else { continue };
        let signer = scene.signers(row.unit).first().copied();
        if let Some(by) = signer {
            acts.may(by, phrases::release_claim(claim));
        }
    }
    for (id, row) in federation.conflicts() {
        let Some(conflict) = federation.conflict_ref(id) else { continue };
        for &(_, by) in &each {
            match row.stage {
                Stage::Talks { .. } | Stage::Settled { .. } => {
                    acts.may(by, phrases::settle(conflict, "day by day"));
                }
                Stage::Mediation { .. } => {
                    acts.may(by, phrases::write_option(conflict, "the mornings and the evenings"));
                }
                Stage::Weighing { .. } => {
                    acts.may(by, phrases::weigh(conflict, &[1], &[]));
                    acts.may(by, phrases::weigh(conflict, &[2], &[(1, "it tires us")]));
                }
                Stage::Voting { .. } | Stage::Over { .. } => {}
            }
        }
    }
    for (proposal, _) in open(federation) {
        for &(_, by) in &each {
            acts.may(by, votes(proposal, Vote::Choose(0)));
            acts.may(by, votes(proposal, Vote::Choose(1)));
        }
    }
    if let Some(&(_, last)) = each.last() {
        acts.may(last, Act::Leave {});
    }
}
