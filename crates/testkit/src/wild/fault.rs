//! What goes wrong with statements and entries.

use federation::act::SignPact;
use federation::{Act, Entry, FederationId, PersonId, PublicKey, Ref, StatementId};

use crate::{Scene, Wild, digest, member};

impl Wild {
    /// Makes something wrong with one entry in twenty-five. A newcomer signs with a key of their
    /// own.
    pub(super) fn spoil(&mut self, scene: &Scene, entry: &mut Entry) {
        if let Act::SignPact(SignPact::Newcomer { .. }) = &entry.statement.act
            && self.chance.percent(90)
        {
            let newcomer = member(7_000_000 + self.chance.next() % 1_000_000);
            (entry.statement.person, entry.statement.key) = (newcomer.person, newcomer.key);
        }
        if !self.chance.percent(4) {
            return;
        }
        let statement = &mut entry.statement;
        match self.chance.within(0, 15) {
            0 => statement.form = 2,
            1 => statement.federation = FederationId(digest(b'f', 1)),
            2 => statement.key = PublicKey(digest(b'k', 1)),
            3 => statement.person = PersonId([7; 16]),
            4 => statement.serial = statement.serial.saturating_sub(1),
            5 => statement.serial += 2000,
            14 => statement.serial = statement.serial.saturating_sub(1500),
            6 => entry.time = entry.time.plus_seconds(-90_000),
            7 => entry.time = entry.time.plus_seconds(365 * 86_400),
            8 => entry.root_before = None,
            9 => entry.plan = None,
            10 | 11 => self.twist(entry),
            12 => statement.act = Act::Found(Box::new(self.any_founding(scene))),
            // A host whose clock lags.
            13 => entry.time = scene.federation.time(),
            // A contract that nobody made.
            _ => {
                let nobody = Ref::new(StatementId(digest(b's', u64::MAX)), 0);
                statement.act = crate::phrases::accept(nobody);
            }
        }
    }

    /// Changes a plan in one place.
    fn twist(&mut self, entry: &mut Entry) {
        let Some(plan) = &mut entry.plan else { return };
        let place = self.chance.place(plan.flows.len());
        if let Some(flow) = plan.flows.get_mut(place) {
            *flow += self.chance.within(-2, 2);
        }
    }

    fn any_founding(&mut self, scene: &Scene) -> federation::act::Found {
        let mut copy = Scene::new();
        copy.now = scene.now;
        match self.founds(&mut copy).statement.act {
            Act::Found(found) => *found,
            act => panic!("{act:?}"),
        }
    }
}
