use federation::act::Terms;
use federation::rows::{Contract, Delivery, Meeting, Origin, Progress, Status, Unit};
use federation::{Federation, Id, Line, Matched, Time};

use super::{amount, goods_in_swap, unit_name};

/// `Mill gives Bakery 20 kg of flour/2, worth 5:00 hours`.
pub fn contract_sentence(federation: &Federation, contract: &Contract) -> String {
    let goods = (contract.quantity, contract.version);
    let (goods, worth) = match (contract.terms, contract.origin) {
        (Terms::Gift, Origin::Swap { .. }) => {
            (goods_in_swap(federation, goods, &contract.note), "in a swap".to_owned())
        }
        (terms, _) => {
            let worth = match terms {
                Terms::AtValue => format!("worth {} hours", contract.hours()),
                Terms::Gift => "as a gift".to_owned(),
            };
            (goods_in_swap(federation, goods, &Line::default()), worth)
        }
    };
    format!(
        "{} gives {} {goods}, {worth}",
        unit_name(federation, contract.parties.giver),
        unit_name(federation, contract.parties.receiver),
    )
}

/// How a contract stands, in words.
pub fn status_words(federation: &Federation, contract: &Contract) -> String {
    let why = |reason: &federation::Line| match reason.as_str() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    match &contract.status {
        Status::Proposed { answer_by, .. } => format!("waits for an answer until {answer_by}"),
        Status::Agreed => "agreed".to_owned(),
        Status::Fulfilled => "done".to_owned(),
        Status::Declined { by, reason } if !contract.is_party(*by) => format!(
            "the swap is off: {}, in the same ring, said no{}",
            unit_name(federation, *by),
            why(reason)
        ),
        Status::Declined { by, reason } => {
            format!("declined by {}{}", unit_name(federation, *by), why(reason))
        }
        Status::Lapsed => "not answered in time".to_owned(),
        Status::Ended { by, reason } => {
            format!("ended by {}{}", unit_name(federation, *by), why(reason))
        }
    }
}

/// `Mill handed 20 kg of flour/2 to Bakery`.
pub fn delivery_sentence(federation: &Federation, delivery: &Delivery) -> String {
    match federation.contract(delivery.contract) {
        Ok(contract) => format!(
            "{} handed {} of {} to {}",
            unit_name(federation, contract.parties.giver),
            amount(federation, delivery.quantity, contract.version),
            federation.version_label(contract.version),
            unit_name(federation, contract.parties.receiver),
        ),
        Err(_) => format!("under contract {}", delivery.contract),
    }
}

/// How far a delivery is, in words.
pub fn progress_words(progress: &Progress) -> String {
    match progress {
        Progress::HandedOver => "waits for a receipt".to_owned(),
        Progress::Receipted { at } => format!("receipt signed on {at}, waits for an answer"),
        Progress::Accepted { at, hours } => format!("accepted on {at}, counts {hours} hours"),
        Progress::Rejected { at, clause, reason } => {
            format!("rejected on {at} by clause {clause}: {reason}")
        }
        Progress::Lapsed { at } => format!("lapsed on {at}, for nobody answered"),
    }
}

/// Whether a side of a proposed contract has said yes, by a member or in advance.
pub fn has_answered(contract: &Contract, unit: Id<Unit>) -> bool {
    match &contract.status {
        Status::Proposed { giver, receiver, .. } => {
            if contract.parties.giver == unit {
                giver.is_yes()
            } else {
                receiver.is_yes()
            }
        }
        _ => true,
    }
}

/// `Mill would give Bakery 20 kg of flour/2, worth 5:00 hours, in valley`.
pub fn outlook_sentence(federation: &Federation, one: &Matched) -> String {
    let (giver, receiver) = (one.parties.giver, one.parties.receiver);
    let [goods, worth] = goods_and_worth(federation, one);
    let (giver, receiver) = (unit_name(federation, giver), unit_name(federation, receiver));
    format!("{giver} would give {receiver} {goods}, {worth}")
}

/// The same for one of the two: `You would get 20 kg of flour/2 from Mill, worth 5:00 hours`.
pub fn your_outlook_sentence(federation: &Federation, one: &Matched, you: Id<Unit>) -> String {
    let (giver, receiver) = (one.parties.giver, one.parties.receiver);
    let [goods, worth] = goods_and_worth(federation, one);
    if giver == you {
        format!("You would give {} {goods}, {worth}", unit_name(federation, receiver))
    } else {
        format!("You would get {goods} from {}, {worth}", unit_name(federation, giver))
    }
}

/// How much of what, and what that is worth, where and when.
fn goods_and_worth(federation: &Federation, one: &Matched) -> [String; 2] {
    let goods = amount(federation, one.quantity, one.version);
    let goods = format!("{goods} of {}", federation.version_label(one.version));
    let meeting = where_and_when(&one.meeting).map(|words| format!(", {words}"));
    [goods, format!("worth {} hours{}", one.hours, meeting.unwrap_or_default())]
}

/// Where and from when a round lets a contract be carried out; none if it does not say.
pub fn meeting_words(meeting: &Meeting) -> Option<String> {
    where_and_when(meeting).map(|words| format!("The round planned it {words}."))
}

/// `in valley, in the week of 2026-03-02 or after it`.
fn where_and_when(meeting: &Meeting) -> Option<String> {
    let area = meeting.area.as_ref().map(|area| format!("in {area}"));
    let week = meeting.week.map(Time::of_week).map(|monday| {
        let day = monday.to_string();
        format!("in the week of {} or after it", day.get(..10).unwrap_or_default())
    });
    let parts: Vec<_> = [area, week].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
