//! How a wild federation begins.

use federation::act::{FoundingMember, FoundingRow, Threshold};
use federation::{Act, Entry, Essential, Pact, Preference, Reading};
use measure::Hours;

use crate::scene::founding;
use crate::{Listed, Scene, Wild, member, name, phrases};

/// The units of wild federations, as far as they are founded.
const NAMES: [&str; 9] =
    ["bakery", "clinic", "farm", "smithy", "school", "theatre", "ferry", "mill", "library"];

impl Wild {
    /// The founding act; one in twenty has something wrong.
    pub(super) fn founds(&mut self, scene: &mut Scene) -> Entry {
        let (least, most) = if self.few { (7, 9) } else { (1, 7) };
        let count = usize::try_from(self.chance.within(least, most)).unwrap_or(1);
        let mut listed: Vec<Listed> = NAMES.iter().take(count).map(|name| self.row(name)).collect();
        self.open_some(&mut listed);
        let founder = scene.founder_of(&listed);
        let mut act = founding(self.pact(), listed);
        if self.chance.percent(5)
            && let Act::Found(found) = &mut act
        {
            match self.chance.within(0, 9) {
                8 => found.pact.order.extend([Preference::Memory, Preference::Memory]),
                9 => found.pact.essentials.push(phrases::essential("air", 0)),
                0 => found.rows.clear(),
                1 => found.pact.answer_hours = 0,
                2 => found.host = member(1).person,
                3 => found.rows[0].counted_members = 0,
                4 => found.rows[0].opening = Hours::whole(1),
                5 => found.rows[0].members.clear(),
                6 => found.rows[0].members.iter_mut().for_each(|member| member.key = None),
                _ => found.rows.extend(found.rows.clone()),
            }
        }
        scene.entry(founder, act)
    }

    fn row(&mut self, called: &str) -> Listed {
        let most = if self.chance.percent(12) { 7 } else { 4 };
        let members = u64::try_from(self.chance.within(1, most)).unwrap_or(1);
        let counted_members = u32::try_from(self.chance.within(1, 6)).unwrap_or(1);
        let mut listed = Listed::new(called, members);
        for (nth, member) in listed.row.members.iter_mut().enumerate() {
            if nth > 0 && self.chance.percent(20) {
                *member = FoundingMember { key: None, ..member.clone() };
            }
        }
        let base = Hours::whole(i32::try_from(self.chance.within(0, 40)).unwrap_or(0));
        listed.row = FoundingRow { name: name(called), counted_members, base, ..listed.row };
        listed
    }

    /// Opening entitlements for some, which sum to zero.
    fn open_some(&mut self, listed: &mut [Listed]) {
        if self.chance.percent(50) {
            return;
        }
        for second in 1..listed.len() {
            let hours = Hours::whole(i32::try_from(self.chance.within(-30, 30)).unwrap_or(0));
            let sum = |to: Hours, by: Hours| to.plus(by).unwrap_or(to);
            listed[second].row.opening = sum(listed[second].row.opening, hours);
            listed[second - 1].row.opening = sum(listed[second - 1].row.opening, hours.negated());
        }
    }

    fn pact(&mut self) -> Pact {
        let essentials = self.essentials();
        let order = self.order();
        let majority = match self.chance.percent(20) {
            true => Threshold::TwoThirds,
            false => Threshold::MoreThanHalf,
        };
        let mut up_to = |most| u32::try_from(self.chance.within(1, most)).unwrap_or(1);
        let round_every_hours = up_to(100);
        Pact {
            ceiling_per_member: Hours::whole(i32::try_from(up_to(40)).unwrap_or(1)),
            round_every_hours,
            round_open_hours: up_to(i64::from(round_every_hours)),
            answer_hours: up_to(60),
            notice_days: 7,
            majority,
            pact_majority: Threshold::TwoThirds,
            reading: Reading::Public,
            essentials,
            order,
        }
    }

    /// Nothing essential, or one thing, or two.
    fn essentials(&mut self) -> Vec<Essential> {
        let count = self.chance.within(0, 2);
        let all = ["water", "soup"].into_iter().zip(0..count);
        all.map(|(called, _)| phrases::essential(called, self.chance.within(1, 5))).collect()
    }

    /// Some preferences, in any order.
    pub(super) fn order(&mut self) -> Vec<Preference> {
        let mut left = Pact::default().order;
        let mut order = Vec::new();
        while !left.is_empty() && self.chance.percent(80) {
            order.push(left.remove(self.chance.place(left.len())));
        }
        order
    }
}
