use federation::act::Act;
use federation::rows::{Circle, Mandate};
use federation::{Federation, Ref};

use super::unit_name;

/// What an act about circles, delegates and lots does, in a few words that follow a name; none for another.
pub(super) fn circle_sentence(federation: &Federation, act: &Act) -> Option<String> {
    let called = |named| circle_called(federation, named);
    Some(match act {
        Act::FormCircle(act) => format!("forms the circle {}", act.name),
        Act::JoinCircle(act) => format!("joins the circle {}", called(act.circle)),
        Act::LeaveCircle(act) => format!("leaves the circle {}", called(act.circle)),
        Act::Post(act) => format!("writes on the bulletin of the circle {}", called(act.circle)),
        Act::Recall(act) => {
            format!("signs to recall {}", mandate_called(federation, act.mandate))
        }
        Act::LayDownMandate(act) => {
            format!("lays down {}", mandate_called(federation, act.mandate))
        }
        Act::OpenLot(act) => {
            format!("asks for a public lot: {} of {} names", act.draw, act.names.len())
        }
        Act::CommitNumber(_) => "binds the unit to a number for a public lot".to_owned(),
        Act::OpenNumber(_) => "tells the unit's number for a public lot".to_owned(),
        _ => return None,
    })
}

/// What a circle is called.
fn circle_called(federation: &Federation, named: Ref<Circle>) -> String {
    let found = federation.find_circle(named).and_then(|id| federation.circle(id));
    found.map_or_else(|_| "nobody knows".to_owned(), |row| row.name.to_string())
}

/// `the delegate of Bakery on the mill`.
fn mandate_called(federation: &Federation, named: Ref<Mandate>) -> String {
    let found = federation.find_mandate(named).and_then(|id| federation.mandate(id));
    match found {
        Ok(row) => {
            format!("the mandate of {} on {}", unit_name(federation, row.unit), row.terms.matter)
        }
        Err(_) => "a mandate".to_owned(),
    }
}
