use federation::act::{CommitNumber, OpenLot, OpenNumber};
use federation::{Act, Federation};
use node::{Failed, make_number};

use super::{ActForm, Said, Sheet, plain};
use crate::field::Field;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[OPEN, COMMIT, TELL];

const OPEN: ActForm = ActForm {
    name: "open-lot",
    title: "Ask for a public lot",
    button: "Ask for it",
    says: "It draws some of the names that you write here. Units give numbers that nobody knows \
           before all are bound to theirs, so nobody can choose who is drawn. It takes four days.",
    sheet: |_| {
        Sheet::of([
            Field::line("about", "What is it for?"),
            Field::area("names", "The names, one a line").must(),
            Field::number("draw", "How many are drawn?").with(1).must(),
        ])
    },
    read: |reading| {
        let (about, names) = (reading.line("about"), reading.lines("names"));
        let text = reading.given().text("draw");
        let wrong = |_| format!("`{text}` is no number of names; write one such as 1");
        let draw = reading.keep("draw", text.parse::<u16>().map_err(wrong));
        let (Some(about), Some(names), Some(draw)) = (about, names, draw) else { return Ok(None) };
        plain(Some(Act::OpenLot(OpenLot { about, names, draw })))
    },
};

fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, _) = scene.lot()?;
    Sheet::about(format!("Public lot {}", id.number() + 1), [Field::hidden("lot").with(id)])
}

const COMMIT: ActForm = ActForm {
    name: "commit-number",
    title: "Give a number for a public lot",
    button: "Give a number",
    says: "This node makes a number at random and keeps it. Your unit is bound to it now, and tells \
           it once all are bound.",
    sheet: about,
    read: |reading| {
        let Some(lot) = reading.reference("lot", Federation::lot_ref) else { return Ok(None) };
        let number = make_number()?;
        let act = Act::CommitNumber(CommitNumber { lot, hash: number.hash() });
        Ok(Some(Said { number: Some(number), ..act.into() }))
    },
};

const TELL: ActForm = ActForm {
    name: "open-number",
    title: "Tell the number for a public lot",
    button: "Tell it",
    says: "With the last number the lot is drawn. A unit that does not tell its own is left out, \
           and all others begin again.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        let field = Field::line("number", "The number to which your unit is bound").must();
        sheet.fields.push(field.hint("64 hex digits; the node that made it fills it in."));
        Ok(sheet)
    },
    read: |reading| {
        let lot = reading.reference("lot", Federation::lot_ref);
        let number = reading.given().text("number").parse();
        let number = reading.keep("number", number);
        plain(lot.zip(number).map(|(lot, number)| Act::OpenNumber(OpenNumber { lot, number })))
    },
};
