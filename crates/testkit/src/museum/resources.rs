use federation::act::{ClaimResource, Disputed, Turn, Turns};
use federation::rows::{Conflict, Resource};
use federation::{Act, Days, Ref, Refusal};
use measure::Hours;

use super::Case;
use super::stage::Stage;
use crate::phrases;

/// A mill.
fn mill(stage: &mut Stage) -> Ref<Resource> {
    stage.scene.registered(stage.bakery, "mill")
}

/// What a rule says to a claim of the bakery's to the mill for ten days, with something changed.
fn claim(stage: &mut Stage, change: impl FnOnce(&Stage, &mut ClaimResource)) -> Refusal {
    let mill = mill(stage);
    let dates = (stage.scene.now, stage.scene.now.plus_days(Days(10)));
    let mut claim = phrases::claim(mill, stage.scene.signer(stage.bakery).person, dates);
    change(stage, &mut claim);
    stage.refuses(stage.bakery, Act::Claim(claim))
}

/// The bakery and the clinic want the mill at the same time.
fn contested(stage: &mut Stage) -> Ref<Conflict> {
    let mill = mill(stage);
    for unit in [stage.bakery, stage.clinic] {
        stage.scene.claimed(unit, mill, 200);
    }
    stage.scene.conflict_over(mill)
}

/// As long after, mediators write options; and as long after that, members weigh them.
fn after_stages(stage: &mut Stage, stages: i64) -> Ref<Conflict> {
    let conflict = contested(stage);
    for _ in 0..stages {
        stage.scene.wait_days(15);
    }
    conflict
}

pub(super) const CASES: &[Case] = &[
    ("A council of all workshops claims the mill.", |mut stage| {
        stage.scene.does(stage.bakery, phrases::made_of_units());
        claim(&mut stage, |_, _| {})
    }),
    ("The bakery claims the mill, and names somebody of the farm as its worker.", |mut stage| {
        claim(&mut stage, |stage, claim| {
            claim.workers = vec![stage.scene.signer(stage.farm).person];
        })
    }),
    ("The bakery claims the mill for two years.", |mut stage| {
        claim(&mut stage, |_, claim| claim.until = claim.from.plus_days(Days(730)))
    }),
    ("The bakery claims the mill by day and by night, with one worker.", |mut stage| {
        claim(&mut stage, |_, claim| claim.hours = Hours::whole(240))
    }),
    ("The bakery names the clinic twice among those who depend on the mill.", |mut stage| {
        claim(&mut stage, |stage, claim| {
            claim.dependents = vec![stage.unit(stage.clinic); 2];
        })
    }),
    ("The bakery reports no hours of use.", |mut stage| {
        let mill = mill(&mut stage);
        let now = stage.scene.now;
        stage.refuses(stage.bakery, phrases::report_use(mill, 0, now, Vec::new()))
    }),
    ("The bakery reports that nine things were made at the mill.", |mut stage| {
        let mill = mill(&mut stage);
        let (now, made) = (stage.scene.now, vec![stage.bread; 9]);
        stage.refuses(stage.bakery, phrases::report_use(mill, 2, now, made))
    }),
    ("The bakery signs an empty text.", |mut stage| {
        let conflict = contested(&mut stage);
        stage.refuses(stage.bakery, phrases::settle(conflict, ""))
    }),
    ("The bakery disputes a delivery that the clinic has not rejected.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.refuses(stage.bakery, phrases::dispute(Disputed::Delivery { delivery }))
    }),
    ("The clinic disputes a rejection that the bakery has disputed.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.scene.does(stage.clinic, phrases::reject(delivery, 1));
        let about = Disputed::Delivery { delivery };
        stage.scene.does(stage.bakery, phrases::dispute(about));
        stage.refuses(stage.clinic, phrases::dispute(about))
    }),
    ("The bakery signs a text after the clinic has given up its claim.", |mut stage| {
        let mill = mill(&mut stage);
        stage.scene.claimed(stage.bakery, mill, 10);
        let claim = stage.scene.claimed(stage.clinic, mill, 10);
        let conflict = stage.scene.conflict_over(mill);
        stage.scene.does(stage.clinic, phrases::release_claim(claim));
        stage.refuses(stage.bakery, phrases::settle(conflict, "we share it"))
    }),
    ("The farm signs a text in a conflict of the bakery and the clinic.", |mut stage| {
        let conflict = contested(&mut stage);
        stage.refuses(stage.farm, phrases::settle(conflict, "we share it"))
    }),
    ("The bakery signs a calendar in which two have the mill on Monday.", |mut stage| {
        let conflict = contested(&mut stage);
        let [bakery, clinic] = [stage.unit(stage.bakery), stage.unit(stage.clinic)];
        let slots = [bakery, clinic].map(|unit| Turn { unit, from_hour: 0, hours: 24 });
        let turns = Some(Turns { every_days: 7, slots: slots.to_vec() });
        let text = phrases::prose("we share it");
        let settle = federation::act::Settle { conflict, text, turns };
        stage.refuses(stage.bakery, Act::Settle(settle))
    }),
    ("The bakery writes an option for its own conflict.", |mut stage| {
        let conflict = after_stages(&mut stage, 1);
        stage.refuses(stage.bakery, phrases::write_option(conflict, "it is ours"))
    }),
    ("A mediator writes an option when members weigh them already.", |mut stage| {
        let conflict = after_stages(&mut stage, 2);
        stage.refuses(stage.farm, phrases::write_option(conflict, "take the new one"))
    }),
    ("A mediator writes a fifth option.", |mut stage| {
        let conflict = after_stages(&mut stage, 1);
        for _ in 0..4 {
            stage.scene.does(stage.farm, phrases::write_option(conflict, "take the new one"));
        }
        stage.refuses(stage.farm, phrases::write_option(conflict, "take the new one"))
    }),
    ("Somebody supports an option that there is not.", |mut stage| {
        let conflict = after_stages(&mut stage, 2);
        stage.refuses(stage.bakery, phrases::weigh(conflict, &[9], &[]))
    }),
    ("Somebody proposes by hand that the mill is split.", |mut stage| {
        let conflict = contested(&mut stage);
        let question = federation::act::Question::Use { conflict, option: 2 };
        let closes = stage.scene.now.plus_days(Days(20));
        let propose = federation::act::Propose {
            question,
            options: Vec::new(),
            text: phrases::prose("split it"),
            again: None,
            circle: None,
            closes,
        };
        stage.refuses(stage.farm, Act::Propose(propose))
    }),
    ("Somebody objects and does not say why.", |mut stage| {
        let conflict = after_stages(&mut stage, 2);
        stage.refuses(stage.bakery, phrases::weigh(conflict, &[], &[(1, "")]))
    }),
];
