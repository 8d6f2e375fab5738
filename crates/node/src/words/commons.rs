use federation::act::Act;
use federation::rows::{Common, Contribution};
use federation::{Federation, Ref};

use super::{amount, unit_name};

/// What an act about a common does, in a few words that follow a name.
pub(super) fn commons_sentence(federation: &Federation, act: &Act) -> Option<String> {
    let teller = Teller(federation);
    Some(match act {
        Act::OpenCommon(act) => format!("opens the common {}", act.name),
        Act::Subscribe(act) => {
            let often = act.every_days.map(|days| match days {
                1 => " a day".to_owned(),
                days => format!(" every {days} days"),
            });
            let (common, often) = (teller.common(act.common), often.unwrap_or_default());
            format!("carries {common} with up to {} hours{often}", act.hours)
        }
        Act::Unsubscribe(act) => format!("carries {} no longer", teller.common(act.common)),
        Act::Contribute(act) => {
            let row = federation.find_common(act.common).and_then(|id| federation.common(id));
            let what = row.map(|row| amount(federation, act.quantity, row.version));
            let what = what.unwrap_or_else(|_| "something".to_owned());
            format!("contributes {what} to {}", teller.common(act.common))
        }
        Act::ReceiptContribution(act) => {
            format!("signs that {} is there", teller.contribution(act.contribution))
        }
        Act::AcceptContribution(act) => {
            format!("accepts {}", teller.contribution(act.contribution))
        }
        Act::RejectContribution(act) => {
            format!("rejects {} by clause {}", teller.contribution(act.contribution), act.clause)
        }
        Act::CorrectContribution(act) => {
            let row = federation.find_contribution(act.contribution);
            let row = row.and_then(|id| federation.contribution(id));
            let version = row.and_then(|row| federation.common(row.common)).map(|row| row.version);
            let to = version.map(|version| amount(federation, act.quantity, version));
            let to = to.unwrap_or_else(|_| "less".to_owned());
            format!("corrects {} to {to}", teller.contribution(act.contribution))
        }
        _ => return None,
    })
}

struct Teller<'a>(&'a Federation);

impl Teller<'_> {
    fn common(&self, named: Ref<Common>) -> String {
        let row = self.0.find_common(named).and_then(|id| self.0.common(id));
        row.map_or_else(|_| "a common".to_owned(), |row| row.name.to_string())
    }

    fn contribution(&self, named: Ref<Contribution>) -> String {
        let row = self.0.find_contribution(named).and_then(|id| self.0.contribution(id));
        row.map_or_else(|_| "a contribution".to_owned(), |row| contribution_sentence(self.0, row))
    }
}

/// What was contributed: `3 hours of help/1 from Seedbed to Street`.
pub fn contribution_sentence(federation: &Federation, row: &Contribution) -> String {
    let Ok(common) = federation.common(row.common) else { return "a contribution".to_owned() };
    let what = amount(federation, row.quantity, common.version);
    format!("{what} from {} to {}", unit_name(federation, row.giver), common.name)
}
