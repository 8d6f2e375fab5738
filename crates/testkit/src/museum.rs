//! Every refusal, with a case that shows it: the error museum.

mod commons;
mod contracts;
mod decisions;
mod delegates;
mod deliveries;
mod founding;
mod membership;
mod resources;
mod rounds;
mod stage;
mod standing;
mod statements;
mod swaps;
mod trust;
mod values;

use federation::Refusal;

use stage::Stage;

/// A situation in one sentence, and what a rule says to it.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// What somebody does.
    pub situation: &'static str,
    /// What the rule says.
    pub refusal: Refusal,
}

type Case = (&'static str, fn(Stage) -> Refusal);

const ROOMS: &[(&str, &[Case])] = &[
    ("Statements", statements::CASES),
    ("Founding", founding::CASES),
    ("Membership and keys", membership::CASES),
    ("Specifications and values", values::CASES),
    ("Offers, needs and rounds", rounds::CASES),
    ("Swaps", swaps::CASES),
    ("Contracts", contracts::CASES),
    ("Deliveries", deliveries::CASES),
    ("Decisions", decisions::CASES),
    ("Trust", trust::CASES),
    ("A unit's own rules and its standing", standing::CASES),
    ("Delegates and circles", delegates::CASES),
    ("Commons", commons::CASES),
    ("Resources and conflicts", resources::CASES),
];

/// What is shown in each room.
pub fn rooms() -> Vec<(&'static str, Vec<Exhibit>)> {
    let shown = |&(situation, refuse): &Case| Exhibit { situation, refusal: refuse(Stage::new()) };
    ROOMS.iter().map(|(room, cases)| (*room, cases.iter().map(shown).collect())).collect()
}

/// The museum as a page.
pub fn page() -> String {
    let mut page = String::from(
        "# Error museum\n\n\
         What the rules say when they say no. Each refusal has a code, a case that brings it about\n\
         and the message as it is printed: the rule, the value found, and what would help. A refused\n\
         act is not recorded, and the state stays as it was.\n\n\
         This page is made from the cases in `crates/testkit/src/museum`, which are run as tests:\n\
         `UPDATE=1 cargo test -p testkit --test museum` writes it anew.\n",
    );
    for (room, exhibits) in rooms() {
        page.extend(["\n## ", room, "\n"]);
        for Exhibit { situation, refusal } in exhibits {
            let (variant, code) = (variant(&refusal), refusal.code());
            let says = refusal.to_string();
            page.extend([
                "\n### `", &variant, "`: ", code, "\n\n", situation, "\n\n> ", &says, "\n",
            ]);
        }
    }
    page
}

/// The name of the refusal's variant, as the code writes it.
fn variant(refusal: &Refusal) -> String {
    let shown = format!("{refusal:?}");
    shown.chars().take_while(|letter| letter.is_alphanumeric()).collect()
}
