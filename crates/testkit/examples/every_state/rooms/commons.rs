//! A common: units carry it and cease to, and what is given to it is accepted, rejected, corrected.

use federation::Act;
use federation::rows::Progress;
use testkit::{Listed, Scene, phrases};

use super::one_each;
use crate::model::{Acts, Room, Size};

pub(crate) const COMMONS: Room = Room {
    name: "commons",
    begins: || {
        let units = ["bakery", "clinic", "farm"];
        let mut scene = Scene::found(units.map(|called| Listed::new(called, 1)).to_vec());
        let bakery = scene.called("bakery");
        let version = scene.valued(bakery, "care of the street", 60);
        scene.does(bakery, phrases::open_common("the street", version));
        scene
    },
    acts,
    within: |federation, size| {
        let given = if size == Size::Long { 2 } else { 1 };
        federation.contributions().len() <= given
            && federation.persons().all(|(_, row)| row.moves.len() <= 1)
    },
    acts_deep: [5, 14, 10],
    days: (4, [1, 2, 2]),
    reached: &[
        ("a contribution accepted", |model, at| {
            let mut all = model.at(at).contributions();
            all.any(|(_, row)| matches!(row.progress, Progress::Accepted { .. }))
        }),
        ("a contribution rejected", |model, at| {
            let mut all = model.at(at).contributions();
            all.any(|(_, row)| matches!(row.progress, Progress::Rejected { .. }))
        }),
        ("a carrier that has left", |model, at| {
            model.at(at).units().any(|(_, row)| row.is_departed() && row.entitlement.is_negative())
        }),
    ],
};

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let Some(common) = federation.commons().next().and_then(|(id, _)| federation.common_ref(id))
    else {
        return;
    };
    let each = one_each(scene);
    if let Some(&(_, giver)) = each.first() {
        acts.may(giver, phrases::contribute(common, 2));
    }
    for &(_, by) in each.iter().skip(usize::from(size < Size::Long)) {
        acts.may(by, phrases::subscribe(common, 3));
        acts.may(by, phrases::unsubscribe(common));
        acts.may(by, Act::Leave {});
    }
    for (id, _) in federation.contributions() {
        let Some(contribution) = federation.contribution_ref(id) else { continue };
        for &(_, by) in &each {
            acts.may(by, phrases::receipt_contribution(contribution));
            acts.may(by, phrases::accept_contribution(contribution));
            acts.may(by, phrases::reject_contribution(contribution, 1));
            acts.may(by, phrases::correct_contribution(contribution, 1));
        }
    }
}
