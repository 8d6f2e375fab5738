use federation::Ref;
use federation::rows::Lot;

use super::Case;
use super::stage::Stage;
use crate::{member, phrases};

pub(super) const CASES: &[Case] = &[
    ("The clinic forms a circle under a name that a circle of the bakery's has.", |mut stage| {
        stage.scene.does(stage.bakery, phrases::form_circle("readers"));
        stage.refuses(stage.clinic, phrases::form_circle("Readers"))
    }),
    ("The member who formed a circle joins it.", |mut stage| {
        let circle = stage.scene.circle(stage.bakery, "readers");
        stage.refuses(stage.bakery, phrases::join_circle(circle))
    }),
    ("Somebody writes on the bulletin of a circle that they are not in.", |mut stage| {
        let circle = stage.scene.circle(stage.bakery, "readers");
        stage.refuses(stage.clinic, phrases::post(circle, 1))
    }),
    ("The bakery asks for a lot that draws three of two names.", |mut stage| {
        stage.refuses(stage.bakery, phrases::open_lot(&["Ada", "Bo"], 3))
    }),
    ("A newcomer that is not enrolled gives a number for a lot.", |mut stage| {
        let lot = asked(&mut stage);
        let newcomer = member(1);
        stage.scene.record(newcomer, phrases::join("smithy"));
        stage.refuses_person(newcomer, phrases::commit_number(lot, 1))
    }),
    ("The farm gives a new number for a lot for which it has withheld one.", |mut stage| {
        let lot = asked(&mut stage);
        bind_all(&mut stage, lot);
        stage.scene.does(stage.bakery, phrases::open_number(lot, 1));
        stage.scene.does(stage.clinic, phrases::open_number(lot, 2));
        stage.scene.wait_days(3);
        stage.refuses(stage.farm, phrases::commit_number(lot, 4))
    }),
    ("The bakery tells its number before all are bound.", |mut stage| {
        let lot = asked(&mut stage);
        stage.scene.does(stage.bakery, phrases::commit_number(lot, 1));
        stage.refuses(stage.bakery, phrases::open_number(lot, 1))
    }),
    ("The bakery gives a second number for one lot.", |mut stage| {
        let lot = asked(&mut stage);
        stage.scene.does(stage.bakery, phrases::commit_number(lot, 1));
        stage.refuses(stage.bakery, phrases::commit_number(lot, 2))
    }),
    ("The clinic copies what the bakery is bound to.", |mut stage| {
        let lot = asked(&mut stage);
        stage.scene.does(stage.bakery, phrases::commit_number(lot, 1));
        stage.refuses(stage.clinic, phrases::commit_number(lot, 1))
    }),
    ("A unit that came in later tells a number for a lot.", |mut stage| {
        let lot = asked(&mut stage);
        bind_all(&mut stage, lot);
        let newcomer = member(1);
        stage.scene.record(newcomer, phrases::join("smithy"));
        stage.refuses_person(newcomer, phrases::open_number(lot, 1))
    }),
    ("The bakery tells another number than the one it is bound to.", |mut stage| {
        let lot = asked(&mut stage);
        bind_all(&mut stage, lot);
        stage.refuses(stage.bakery, phrases::open_number(lot, 9))
    }),
    ("The bakery tells its number twice.", |mut stage| {
        let lot = asked(&mut stage);
        bind_all(&mut stage, lot);
        stage.scene.does(stage.bakery, phrases::open_number(lot, 1));
        stage.refuses(stage.bakery, phrases::open_number(lot, 1))
    }),
];

/// A lot that the bakery has asked for.
fn asked(stage: &mut Stage) -> Ref<Lot> {
    stage.scene.lot(stage.bakery, &["Ada", "Bo", "Cy"], 1)
}

/// The bakery, the clinic and the farm are bound to the numbers 1, 2 and 3, and are to tell them.
fn bind_all(stage: &mut Stage, lot: Ref<Lot>) {
    for (unit, number) in [(stage.bakery, 1), (stage.clinic, 2), (stage.farm, 3)] {
        stage.scene.does(unit, phrases::commit_number(lot, number));
    }
    stage.scene.wait_days(3);
}
