use federation::act::{
    AcceptContribution, CeilingWarning, Contribute, CorrectContribution, OpenCommon,
    ReceiptContribution, RejectContribution, Subscribe, Unsubscribe,
};
use federation::rows::{Common, Contribution, Version};
use federation::{Act, Line, Prose, Ref};
use measure::Hours;

use super::steps;

/// Opens a common.
pub fn open_common(called: &str, version: Ref<Version>) -> Act {
    Act::OpenCommon(OpenCommon { name: crate::name(called), version, about: Prose::default() })
}

/// Carries a common with so many hours, once.
pub fn subscribe(common: Ref<Common>, hours: i32) -> Act {
    Act::Subscribe(Subscribe { common, hours: Hours::whole(hours), every_days: None })
}

/// Carries a common with so many hours every so many days.
pub fn subscribe_every(common: Ref<Common>, hours: i32, days: u16) -> Act {
    Act::Subscribe(Subscribe { common, hours: Hours::whole(hours), every_days: Some(days) })
}

/// Carries it no longer.
pub fn unsubscribe(common: Ref<Common>) -> Act {
    Act::Unsubscribe(Unsubscribe { common })
}

/// Delivers to a common.
pub fn contribute(common: Ref<Common>, quantity: i64) -> Act {
    let (quantity, note) = (steps(quantity), Line::default());
    Act::Contribute(Contribute { common, quantity, ceiling: CeilingWarning::Understood, note })
}

/// Signs that it is there.
pub fn receipt_contribution(contribution: Ref<Contribution>) -> Act {
    Act::ReceiptContribution(ReceiptContribution { contribution })
}

/// Accepts it, or enters it as accepted.
pub fn accept_contribution(contribution: Ref<Contribution>) -> Act {
    Act::AcceptContribution(AcceptContribution { contribution })
}

/// Rejects it by its so-many-th clause.
pub fn reject_contribution(contribution: Ref<Contribution>, clause: u16) -> Act {
    let reason = Prose::default();
    Act::RejectContribution(RejectContribution { contribution, clause, reason })
}

/// Corrects it to so much.
pub fn correct_contribution(contribution: Ref<Contribution>, quantity: i64) -> Act {
    let (quantity, reason) = (steps(quantity), Line::default());
    Act::CorrectContribution(CorrectContribution { contribution, quantity, reason })
}
