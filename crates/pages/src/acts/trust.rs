use federation::Act;
use federation::act::{Back, ReleaseBacking};

use super::{ActForm, Sheet, plain};
use crate::field::Field;
use crate::scene::Scene;

pub(super) const FORMS: &[ActForm] = &[BACK, RELEASE];

fn fields(scene: &Scene<'_>, label: &str) -> [Field; 2] {
    [
        Field::choice("unit", "Which unit?", scene.other_units()),
        Field::number("hours", label).hint("As 10 or 2:30.").must(),
    ]
}

const BACK: ActForm = ActForm {
    name: "back",
    title: "Back a unit",
    button: "Lend the room",
    says: "You lend trust, not hours: free room of your own base. They can receive so much more \
           before they have given. You can ask for it back; what is in use comes back as they deliver.",
    sheet: |scene| Sheet::of(fields(scene, "How many hours of room?")),
    read: |reading| {
        let both = reading.unit("unit").zip(reading.hours("hours"));
        plain(both.map(|(unit, hours)| Act::Back(Back { unit, hours })))
    },
};

const RELEASE: ActForm = ActForm {
    name: "release-backing",
    title: "Ask lent room back",
    button: "Ask it back",
    says: "What is free comes back at once, the rest as the unit delivers.",
    sheet: |scene| Sheet::of(fields(scene, "How many hours?")),
    read: |reading| {
        let both = reading.unit("unit").zip(reading.hours("hours"));
        plain(both.map(|(unit, hours)| Act::ReleaseBacking(ReleaseBacking { unit, hours })))
    },
};
