use federation::act::{Election, Instruction, MandateTerms, NumberRange, Parameter, Question};
use federation::rows::Lot;
use federation::{Act, Days, Ref, Refusal};

use super::Case;
use super::stage::Stage;
use crate::{asks, lay_down, member, name, persons, phrases, recall, sent_with};

pub(super) const CASES: &[Case] = &[
    ("The bakery sends somebody for a year.", |mut stage| {
        let until = stage.scene.now.plus_days(Days(365));
        sending(&mut stage, sent_with(Instruction::Voice {}, until))
    }),
    ("The bakery sends somebody to say yes to a notice of 20 to 10 days.", |mut stage| {
        let parameter = Parameter::NoticeDays;
        let range = NumberRange::Parameter { parameter, least: 20, most: 10 };
        let until = stage.scene.now.plus_days(Days(30));
        sending(&mut stage, sent_with(Instruction::Range(range), until))
    }),
    ("The bakery sends a farmer.", |mut stage| {
        let delegate = stage.scene.signer(stage.farm).person;
        let terms = sent_with(Instruction::Voice {}, stage.scene.now.plus_days(Days(30)));
        let question = Question::Mandate { delegate, terms };
        let closes = stage.scene.now.plus_days(Days(7));
        stage.refuses(stage.bakery, Act::Propose(asks(question, closes)))
    }),
    ("The bakery sends the same member a third time in a row, on another matter.", |mut stage| {
        let second = stage.second();
        for _ in 0..2 {
            stage.scene.sent(stage.bakery, second, 60);
            stage.scene.wait_days(60);
        }
        let delegate = second.person;
        let mut terms = sent_with(Instruction::Voice {}, stage.scene.now.plus_days(Days(30)));
        terms.matter = name("the bridge");
        let question = Question::Mandate { delegate, terms };
        let closes = stage.scene.now.plus_days(Days(7));
        stage.refuses(stage.bakery, Act::Propose(asks(question, closes)))
    }),
    ("The bakery elects three of its two members.", |mut stage| {
        let candidates = persons(&stage.scene.signers(stage.bakery));
        let terms = sent_with(Instruction::Voice {}, stage.scene.now.plus_days(Days(30)));
        let election = Election { seats: 3, candidates, terms };
        let closes = stage.scene.now.plus_days(Days(7));
        let question = Question::Delegates(Box::new(election));
        stage.refuses(stage.bakery, Act::Propose(asks(question, closes)))
    }),
    ("A member lays down the mandate of another.", |mut stage| {
        let second = stage.second();
        let mandate = stage.scene.sent(stage.bakery, second, 60);
        let first = stage.scene.signer(stage.bakery);
        stage.refuses_person(first, lay_down(mandate))
    }),
    ("A member signs to recall a delegate whose mandate is over.", |mut stage| {
        let second = stage.second();
        let mandate = stage.scene.sent(stage.bakery, second, 60);
        stage.scene.wait_days(70);
        stage.refuses(stage.bakery, recall(mandate))
    }),
    ("A farmer signs to recall a delegate of the bakery.", |mut stage| {
        let second = stage.second();
        let mandate = stage.scene.sent(stage.bakery, second, 60);
        stage.refuses(stage.farm, recall(mandate))
    }),
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

/// What a rule says when the bakery sends its second member.
fn sending(stage: &mut Stage, terms: MandateTerms) -> Refusal {
    let delegate = stage.second().person;
    let closes = stage.scene.now.plus_days(Days(7));
    let question = Question::Mandate { delegate, terms };
    stage.refuses(stage.bakery, Act::Propose(asks(question, closes)))
}

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
