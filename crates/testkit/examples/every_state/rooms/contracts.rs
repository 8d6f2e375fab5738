//! Offers and needs, a round, contracts, deliveries, rejections and corrections.

use federation::act::{Consent, Side};
use federation::rows::{Origin, Phase, Status};
use federation::{Act, Entry, Federation};
use testkit::{Listed, Scene, phrases};

use super::one_each;
use crate::model::{Acts, Room, Size};

pub(crate) const CONTRACTS: Room = Room {
    name: "rounds and contracts",
    begins,
    acts,
    within: |federation, size| {
        let deliveries = if size == Size::Long { 2 } else { 1 };
        federation.contracts().len() <= 2
            && federation.rounds().len() <= 1
            && federation.deliveries().len() <= deliveries
            && federation.persons().all(|(_, row)| row.moves.len() <= 1)
    },
    acts_deep: [5, 9, 11],
    days: (4, [3, 4, 4]),
    reached: &[
        ("a contract from a round", |model, at| {
            let mut all = model.at(at).rounds();
            all.any(|(_, row)| row.plans.iter().any(|plan| !plan.contracts.is_empty()))
        }),
        ("a round that is over", |model, at| {
            model.at(at).rounds().any(|(_, row)| row.phase == Phase::Finished)
        }),
        ("hours given and received", |model, at| {
            model.at(at).units().any(|(_, row)| row.entitlement.is_positive())
        }),
        ("a unit that leaves in debt", |model, at| {
            let mut all = model.at(at).units();
            all.any(|(_, row)| row.is_departed() && row.entitlement.is_negative())
        }),
    ],
};

fn begins() -> Scene {
    let mut scene = Scene::found(vec![Listed::new("bakery", 1), Listed::new("clinic", 1)]);
    let (bakery, clinic) = (scene.called("bakery"), scene.called("clinic"));
    scene.valued(bakery, "bread", 60);
    scene.valued(clinic, "visits", 60);
    scene
}

/// A rule that should not be there: whoever is in debt stays.
pub(crate) fn debtors_stay(federation: &Federation, entry: &Entry) -> bool {
    let person = federation.person_by_id(entry.statement.person);
    let unit = person.and_then(|id| federation.unit(federation.person(id).ok()?.unit?).ok());
    let in_debt = unit.is_some_and(|unit| unit.entitlement.is_negative());
    in_debt && matches!(entry.statement.act, Act::Leave {})
}

fn acts(scene: &Scene, _: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let each = one_each(scene);
    let [(bakery, baker), (clinic, doctor)] = each[..] else { return };
    let valued = federation.versions().filter(|(_, row)| row.valuation.is_some());
    let valued: Vec<_> = valued.filter_map(|(id, _)| federation.version_ref(id)).collect();
    let [bread, visits] = valued[..] else { return };
    let standing = |wish| federation::act::WishAct { consent: Consent::Standing, ..wish };
    let wishes = |unit, side| federation.wishes_of(unit, side).next().is_some();
    if !wishes(bakery, Side::Offer) {
        acts.may(baker, Act::Offer(standing(phrases::wish(bread, 2))));
    }
    if !wishes(clinic, Side::Need) {
        acts.may(doctor, Act::Need(phrases::wish(bread, 1)));
    }
    for by in [baker, doctor] {
        acts.may(by, Act::Leave {});
    }
    acts.may(doctor, Act::OpenRound {});
    let direct = federation.contracts().any(|(_, row)| row.origin == Origin::Direct);
    if !direct {
        let gives = phrases::give(scene.unit(bakery), visits, 2);
        acts.may(doctor, Act::ProposeContract(gives));
    }
    if let Some((id, row)) = federation.rounds().next_back()
        && row.phase != Phase::Finished
        && let Some(round) = federation.round_ref(id)
    {
        acts.may(doctor, phrases::close(round));
        acts.may(doctor, phrases::plan(round));
    }
    for (id, row) in federation.contracts() {
        let Some(contract) = federation.contract_ref(id) else { continue };
        for by in [baker, doctor] {
            match row.status {
                Status::Proposed { .. } => {
                    acts.may(by, phrases::accept(contract));
                    acts.may(by, phrases::decline(contract));
                }
                Status::Agreed => {
                    acts.may(by, phrases::end(contract));
                    acts.may(by, phrases::deliver(contract, 1));
                }
                _ => {}
            }
        }
    }
    for (id, _) in federation.deliveries() {
        let Some(delivery) = federation.delivery_ref(id) else { continue };
        for by in [baker, doctor] {
            acts.may(by, phrases::receipt(delivery));
            acts.may(by, phrases::accept_delivery(delivery));
            acts.may(by, phrases::reject(delivery, 1));
            acts.may(by, phrases::correct(delivery, 0));
        }
    }
}
