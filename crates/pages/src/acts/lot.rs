use std::collections::BTreeMap;

use federation::act::{CommitNumber, OpenLot, OpenNumber};
use federation::{Act, Federation, Line};
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
            Field::area("names", "The names, one a line")
                .hint("Units and members here are drawn as themselves, and told so; others as written.")
                .must(),
            Field::number("draw", "How many are drawn?").with(1).must(),
        ])
    },
    read: |reading| {
        let (about, names) = (reading.line("about"), reading.lines("names"));
        let names = names.map(|names| as_themselves(reading.scene, names));
        let text = reading.given().text("draw");
        let wrong = |_| format!("`{text}` is no number of names; write one such as 1");
        let draw = reading.keep("draw", text.parse::<u16>().map_err(wrong));
        let (Some(about), Some(names), Some(draw)) = (about, names, draw) else { return Ok(None) };
        plain(Some(Act::OpenLot(OpenLot { about, names, draw })))
    },
};

/// Names of units and members in the form in which the record knows them; a name that several people
/// bear stays as it is written.
fn as_themselves(scene: &Scene<'_>, names: Vec<Line>) -> Vec<Line> {
    let units = scene.federation.units().filter_map(|(id, row)| {
        Some((row.name.as_str().to_lowercase(), scene.federation.unit_ref(id)?.to_string()))
    });
    let units: BTreeMap<String, String> = units.collect();
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, row) in scene.federation.persons().filter(|(_, row)| row.unit.is_some()) {
        people.entry((scene.called)(id).to_lowercase()).or_default().push(row.id.to_string());
    }
    let known = |name: &str| match (units.get(name), people.get(name).map(Vec::as_slice)) {
        (Some(unit), None) => Some(unit.clone()),
        (None, Some([person])) => Some(person.clone()),
        _ => None,
    };
    let itself = |name: Line| match known(&name.as_str().to_lowercase()) {
        Some(known) => Line::parse(&known).unwrap_or(name),
        None => name,
    };
    names.into_iter().map(itself).collect()
}

fn about(scene: &Scene<'_>) -> Result<Sheet, Failed> {
    let (id, _) = scene.lot()?;
    Sheet::about(format!("Public lot {}", id.number()), [Field::hidden("lot").with(id)])
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
