use federation::Preference;
use measure::Hours;

use super::Case;
use super::stage::Stage;
use crate::{Listed, member};

pub(super) const CASES: &[Case] = &[
    ("A pact gives units no time to answer.", |_| {
        Stage::founded(|found| found.pact.answer_hours = 0)
    }),
    ("A pact names memory twice in the order of its preferences.", |_| {
        Stage::founded(|found| found.pact.order.push(Preference::Memory))
    }),
    ("A founding list is empty.", |_| Stage::founded(|found| found.rows.clear())),
    ("A row asks for a base of 1,001 hours for its one counted member.", |_| {
        Stage::founded(|found| found.rows[0].base = Hours::whole(1001))
    }),
    ("Nobody in a row has a key.", |_| {
        Stage::founded(|found| found.rows[2].members.iter_mut().for_each(|m| m.key = None))
    }),
    ("Somebody is owed an hour and nobody owes it.", |_| {
        Stage::founded(|found| found.rows[1].opening = Hours::whole(1))
    }),
    ("The host is on no row of the list.", |_| {
        Stage::founded(|found| found.host = member(1).person)
    }),
    ("Two rows have one name.", |_| {
        Stage::founded(|found| found.rows[1].name = crate::name("Bakery"))
    }),
    ("One person stands in two rows.", |_| {
        Stage::founded(|found| {
            let twice = Listed::new("bakery", 1).row.members;
            found.rows[1].members = twice;
        })
    }),
    ("Two members come with one key.", |_| {
        Stage::founded(|found| {
            let key = found.rows[0].members[0].key;
            found.rows[1].members[0].key = key;
        })
    }),
    ("A member signs a row that is signed.", |mut stage| {
        let row = crate::phrases::sign_row(stage.unit(stage.clinic));
        stage.refuses(stage.clinic, row)
    }),
    ("A member of the bakery signs the row of the clinic.", |mut stage| {
        let row = crate::phrases::sign_row(stage.unit(stage.clinic));
        stage.refuses(stage.bakery, row)
    }),
];
