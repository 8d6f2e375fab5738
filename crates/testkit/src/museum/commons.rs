use federation::Ref;
use federation::rows::{Common, Contribution};

use super::Case;
use super::stage::Stage;
use crate::phrases;

/// A street that the clinic and the farm carry with six and three hours, and bread for it.
fn street(stage: &mut Stage) -> Ref<Common> {
    let effect = stage.scene.does(stage.bakery, phrases::open_common("street", stage.bread));
    let common = stage.scene.common(&effect);
    stage.scene.does(stage.clinic, phrases::subscribe(common, 6));
    stage.scene.does(stage.farm, phrases::subscribe(common, 3));
    common
}

/// Three hours of bread for it, from the bakery, and those drawn for it.
fn contributed(stage: &mut Stage) -> Ref<Contribution> {
    let common = street(stage);
    stage.scene.contributed(stage.bakery, common, 3)
}

pub(super) const CASES: &[Case] = &[
    ("The clinic carries a common with no hours at all.", |mut stage| {
        let common = street(&mut stage);
        stage.refuses(stage.clinic, phrases::subscribe(common, 0))
    }),
    ("The bakery ends a subscription that it has not.", |mut stage| {
        let common = street(&mut stage);
        stage.refuses(stage.bakery, phrases::unsubscribe(common))
    }),
    ("The bakery contributes more than all subscribers said they carry.", |mut stage| {
        let common = street(&mut stage);
        stage.refuses(stage.bakery, phrases::contribute(common, 10))
    }),
    ("The bakery signs the receipt for its own contribution.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.refuses(stage.bakery, phrases::receipt_contribution(contribution))
    }),
    (
        "The farm signs the receipt for the bakery that it backs, though the clinic carries it too.",
        |mut stage| {
            let contribution = contributed(&mut stage);
            let back = phrases::back(stage.scene.unit(stage.bakery), 1);
            stage.scene.does(stage.farm, back);
            stage.refuses(stage.farm, phrases::receipt_contribution(contribution))
        },
    ),
    ("The farm signs a receipt that the clinic has signed.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.scene.does(stage.clinic, phrases::receipt_contribution(contribution));
        stage.refuses(stage.farm, phrases::receipt_contribution(contribution))
    }),
    ("The bakery enters as accepted what both who were drawn have accepted.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.scene.accepted_by_all(contribution);
        stage.refuses(stage.bakery, phrases::accept_contribution(contribution))
    }),
    ("The bakery enters a contribution as accepted that nobody has signed for.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.refuses(stage.bakery, phrases::accept_contribution(contribution))
    }),
    ("The bakery enters a contribution as accepted on the day of its receipt.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.scene.does(stage.clinic, phrases::receipt_contribution(contribution));
        stage.refuses(stage.bakery, phrases::accept_contribution(contribution))
    }),
    ("Somebody of the clinic accepts a contribution for which another was drawn.", |mut stage| {
        let contribution = contributed(&mut stage);
        let asked: Vec<_> =
            stage.scene.drawn_for(contribution).into_iter().map(|member| member.person).collect();
        let other = stage
            .scene
            .signers(stage.clinic)
            .into_iter()
            .find(|member| !asked.contains(&member.person));
        let other = other.unwrap_or_else(|| panic!("the clinic has two members"));
        stage.refuses_person(other, phrases::accept_contribution(contribution))
    }),
    ("A newcomer contributes again before anybody has answered.", |mut stage| {
        let effect = stage.scene.does(stage.bakery, phrases::open_common("street", stage.bread));
        let street = stage.scene.common(&effect);
        stage.scene.does(stage.clinic, phrases::subscribe(street, 6));
        stage.scene.record(crate::member(1), phrases::join("smithy"));
        let smithy = stage.scene.called("smithy");
        stage.scene.contributed(smithy, street, 1);
        stage.refuses(smithy, phrases::contribute(street, 1))
    }),
    ("The clinic corrects a contribution that does not count yet.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.refuses(stage.clinic, phrases::correct_contribution(contribution, 0))
    }),
    ("The clinic corrects a contribution of four months ago.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.scene.accepted_by_all(contribution);
        stage.scene.wait_days(120);
        stage.refuses(stage.clinic, phrases::correct_contribution(contribution, 0))
    }),
    ("The bakery corrects a contribution upwards.", |mut stage| {
        let contribution = contributed(&mut stage);
        stage.scene.accepted_by_all(contribution);
        stage.refuses(stage.bakery, phrases::correct_contribution(contribution, 4))
    }),
];
