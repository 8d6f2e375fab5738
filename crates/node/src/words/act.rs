use federation::act::{Act, HeldBy, Role, Side, SignPact, Terms, Topic, WishAct, WouldTake};
use federation::rows::{Contract, Delivery, Thing, Version};
use federation::{Federation, Ref};
use measure::Quantity;

use super::commons::commons_sentence;
use super::decision::{decision_act, proposal_words};
use super::resources::resources_sentence;
use super::standing::{signing_words, standing_sentence};
use super::{amount, contract_sentence, delivery_sentence, goods_in_swap, thing_words, unit_name};

/// What an act does, in a few words that follow a name: `offers 20 kg of flour/2`.
pub fn act_sentence(federation: &Federation, act: &Act) -> String {
    let of_room = commons_sentence(federation, act).or_else(|| resources_sentence(federation, act));
    if let Some(sentence) = of_room {
        return sentence;
    }
    let teller = Teller(federation);
    match act {
        Act::Found(_)
        | Act::SignPact(_)
        | Act::AnnounceLeaving(_)
        | Act::Leave {}
        | Act::AdmitMember(_)
        | Act::MemberLeaves {}
        | Act::Introduce(_)
        | Act::DescribeUnit(_)
        | Act::RefusePartners(_)
        | Act::SetSigning(_)
        | Act::AddKey(_)
        | Act::RevokeKey(_)
        | Act::Back(_)
        | Act::ReleaseBacking(_)
        | Act::AttestTime {} => teller.membership(act),
        Act::SetMethod(_) | Act::NameHelpers(_) | Act::RecoverKey(_) | Act::VetoRecovery(_) => {
            standing_sentence(federation, act)
        }
        Act::ProposeSpecification(_)
        | Act::ReviseSpecification(_)
        | Act::RetireSpecification(_)
        | Act::AskValue(_)
        | Act::CounterValue(_)
        | Act::AgreeValue(_) => teller.specification(act),
        Act::Deliver(_)
        | Act::Receipt(_)
        | Act::AcceptDelivery(_)
        | Act::RejectDelivery(_)
        | Act::Correct(_) => teller.delivery(act),
        Act::Propose(_)
        | Act::WithdrawProposal(_)
        | Act::Ballot(_)
        | Act::CountRoom(_)
        | Act::Seal(_)
        | Act::AcceptPact(_) => decision_act(federation, act),
        _ => {
            super::circle::circle_sentence(federation, act).unwrap_or_else(|| teller.exchange(act))
        }
    }
}

struct Teller<'a>(&'a Federation);

impl Teller<'_> {
    fn membership(&self, act: &Act) -> String {
        match act {
            Act::Found(found) => {
                format!("founds {} with {} units", found.name, found.rows.len())
            }
            Act::SignPact(sign) => self.sign(sign),
            Act::AnnounceLeaving(act) => format!("says that the unit will leave by {}", act.by),
            Act::Leave {} => "leaves the federation with the unit".to_owned(),
            Act::AdmitMember(act) => match act.key {
                Some(key) if key.held_by == HeldBy::Invite => "invites a member".to_owned(),
                Some(_) => "takes a member into the unit".to_owned(),
                None => "takes somebody without a device into the unit".to_owned(),
            },
            Act::MemberLeaves {} => "leaves the unit".to_owned(),
            Act::Introduce(_) => "says who they are".to_owned(),
            Act::DescribeUnit(_) => "describes the unit".to_owned(),
            Act::RefusePartners(act) => match act.units.len() {
                0 => "lets rounds join the unit with all others".to_owned(),
                1 => "keeps rounds from joining the unit with another".to_owned(),
                many => format!("keeps rounds from joining the unit with {many} others"),
            },
            Act::SetSigning(act) => format!(
                "signs that {} are signed by {}",
                word(&act.matter),
                signing_words(act.signing)
            ),
            Act::AddKey(_) => "adds a key".to_owned(),
            Act::RevokeKey(_) => "takes a key out of use".to_owned(),
            Act::Back(act) => format!("backs {} with {} hours", self.unit(act.unit), act.hours),
            Act::ReleaseBacking(act) => {
                format!("asks {} hours of backing back from {}", act.hours, self.unit(act.unit))
            }
            _ => "says what time it is".to_owned(),
        }
    }

    fn sign(&self, sign: &SignPact) -> String {
        match sign {
            SignPact::Founding { unit } => format!("signs the pact for {}", self.unit(*unit)),
            SignPact::Newcomer { name, .. } | SignPact::NewUnit { name, .. } => {
                format!("joins with the unit {name}")
            }
            SignPact::Return { unit } => format!("comes back with {}", self.unit(*unit)),
        }
    }

    fn specification(&self, act: &Act) -> String {
        match act {
            Act::ProposeSpecification(act) => format!("writes down what {} is", act.name),
            Act::ReviseSpecification(act) => {
                format!("makes a new version of {}", self.specification_name(act.specification))
            }
            Act::RetireSpecification(act) => {
                format!("retires {}", self.specification_name(act.specification))
            }
            Act::AskValue(act) => {
                format!("asks {} hours for {}", act.value.hours(), self.version(act.version))
            }
            Act::CounterValue(act) => {
                format!("answers {} hours for {}", act.value.hours(), self.version(act.version))
            }
            Act::AgreeValue(act) => {
                format!("signs {} hours for {}", act.value.hours(), self.version(act.version))
            }
            _ => act.name().to_owned(),
        }
    }

    fn exchange(&self, act: &Act) -> String {
        match act {
            Act::Offer(act) => format!("offers {}", self.wished(act)),
            Act::Need(act) => format!("needs {}", self.wished(act)),
            Act::Withdraw(act) => {
                let wish = self.0.find_wish(act.wish).and_then(|id| self.0.wish(id));
                match wish.map(|wish| wish.side) {
                    Ok(Side::Offer) => "takes an offer back".to_owned(),
                    Ok(Side::Need) => "takes a need back".to_owned(),
                    Err(_) => "takes something back".to_owned(),
                }
            }
            Act::BringThing(act) => {
                let goods = self.0.find_version(act.version).map_or_else(
                    |_| "something".to_owned(),
                    |version| goods_in_swap(self.0, (act.quantity, version), &act.what),
                );
                format!("brings into the swap: {goods}")
            }
            Act::WouldTake(act) => self.takes(act),
            Act::WithdrawThing(act) => format!("takes out of the swap: {}", self.thing(act.thing)),
            Act::OpenRound {} => "opens a round".to_owned(),
            Act::CloseRound(_) => "closes what the round waited for".to_owned(),
            Act::Plan(_) => "submits the round's plan".to_owned(),
            Act::ProposeContract(act) => {
                let how = if act.terms == Terms::Gift { " as a gift" } else { "" };
                let (goods, with) = (self.goods(act.quantity, act.version), self.unit(act.with));
                match act.role {
                    Role::Giver => format!("proposes to give {with} {goods}{how}"),
                    Role::Receiver => format!("proposes to receive {goods} from {with}{how}"),
                }
            }
            Act::AlreadyDone(act) => {
                let (goods, with) = (self.goods(act.quantity, act.version), self.unit(act.with));
                match act.role {
                    Role::Giver => format!("enters that {with} received {goods}"),
                    Role::Receiver => format!("enters that {with} gave {goods}"),
                }
            }
            Act::AcceptContract(act) => format!("says yes: {}", self.contract(act.contract)),
            Act::DeclineContract(act) => format!("says no: {}", self.contract(act.contract)),
            Act::EndContract(act) => format!("ends: {}", self.contract(act.contract)),
            Act::Arrange(act) => {
                format!("suggests {} at {}: {}", act.when, act.place, self.contract(act.contract))
            }
            Act::Comment(act) => match act.on {
                Topic::Contract(contract) => format!("writes about: {}", self.contract(contract)),
                Topic::Proposal(proposal) => {
                    format!("writes about {}", proposal_words(self.0, proposal))
                }
            },
            _ => act.name().to_owned(),
        }
    }

    fn delivery(&self, act: &Act) -> String {
        match act {
            Act::Deliver(act) => match self.0.find_contract(act.contract) {
                Ok(id) => match self.0.contract(id) {
                    Ok(contract) => format!(
                        "hands over {} of {} to {}",
                        amount(self.0, act.quantity, contract.version),
                        self.0.version_label(contract.version),
                        unit_name(self.0, contract.parties.receiver)
                    ),
                    Err(_) => "hands something over".to_owned(),
                },
                Err(_) => "hands something over".to_owned(),
            },
            Act::Receipt(act) => format!("signs a receipt: {}", self.handed(act.delivery)),
            Act::AcceptDelivery(act) => format!("accepts: {}", self.handed(act.delivery)),
            Act::RejectDelivery(act) => {
                format!("rejects by clause {}: {}", act.clause, self.handed(act.delivery))
            }
            Act::Correct(act) => format!("corrects: {}", self.handed(act.delivery)),
            _ => act.name().to_owned(),
        }
    }

    /// `would take for 1 piece of tent/1: 1 piece of drill/2, else 1 piece of saw/1`.
    fn takes(&self, act: &WouldTake) -> String {
        let instead: Vec<_> = act.instead.iter().map(|&thing| self.thing(thing)).collect();
        let instead =
            if instead.is_empty() { "nothing".to_owned() } else { instead.join(", else ") };
        format!("would take for {}: {instead}", self.thing(act.thing))
    }

    fn thing(&self, named: Ref<Thing>) -> String {
        let found = self.0.find_thing(named).and_then(|id| self.0.thing(id));
        found.map_or_else(|_| "a thing".to_owned(), |row| thing_words(self.0, row))
    }

    fn unit(&self, named: Ref<federation::rows::Unit>) -> String {
        self.0.find_unit(named).map_or_else(|_| "a unit".to_owned(), |id| unit_name(self.0, id))
    }

    fn version(&self, named: Ref<Version>) -> String {
        let found = self.0.find_version(named);
        found.map_or_else(|_| "a version".to_owned(), |id| self.0.version_label(id))
    }

    fn specification_name(&self, named: Ref<federation::rows::Specification>) -> String {
        let found = self.0.find_specification(named).and_then(|id| self.0.specification(id));
        found.map_or_else(|_| "a specification".to_owned(), |row| row.name.to_string())
    }

    fn wished(&self, act: &WishAct) -> String {
        match act.versions.first() {
            Some(&version) => self.goods(act.quantity, version),
            None => "something".to_owned(),
        }
    }

    fn goods(&self, quantity: Quantity, named: Ref<Version>) -> String {
        match self.0.find_version(named) {
            Ok(id) => format!("{} of {}", amount(self.0, quantity, id), self.0.version_label(id)),
            Err(_) => "something".to_owned(),
        }
    }

    fn contract(&self, named: Ref<Contract>) -> String {
        match self.0.find_contract(named) {
            Ok(id) => match self.0.contract(id) {
                Ok(contract) => format!("contract {id}, {}", contract_sentence(self.0, contract)),
                Err(_) => format!("contract {id}"),
            },
            Err(_) => "a contract".to_owned(),
        }
    }

    fn handed(&self, named: Ref<Delivery>) -> String {
        match self.0.find_delivery(named) {
            Ok(id) => match self.0.delivery(id) {
                Ok(delivery) => format!("delivery {id}, {}", delivery_sentence(self.0, delivery)),
                Err(_) => format!("delivery {id}"),
            },
            Err(_) => "a delivery".to_owned(),
        }
    }
}

/// A word as it stands in statements.
fn word(value: &impl serde::Serialize) -> String {
    let written = serde_json::to_value(value).unwrap_or_default();
    written.as_str().unwrap_or_default().to_owned()
}
