use federation::Act;
use federation::Ref;
use federation::act::{Failure, ProposeContract, Terms};
use federation::rows::{Unit, Version};
use federation::{Effect, Id};

use crate::{Scene, phrases};

impl Scene {
    /// The same version at an agreed value in minutes: the giver has delivered one of it as a gift,
    /// and both sign.
    pub fn valued_together(
        &mut self,
        (giver, receiver): (Id<Unit>, Id<Unit>),
        version: Ref<Version>,
        value_minutes: i64,
    ) -> Ref<Version> {
        let contract = self.gift((giver, receiver), version);
        self.delivered(contract, 1);
        self.does(giver, phrases::agree(version, value_minutes));
        let agreed = self.does(receiver, phrases::agree(version, value_minutes));
        let Effect::Version(id) = agreed else { panic!("{agreed:?}") };
        self.federation.version_ref(id).unwrap_or(version)
    }

    /// One of a version that one unit gives another for nothing, agreed and not yet brought.
    pub fn gift(
        &mut self,
        (giver, receiver): (Id<Unit>, Id<Unit>),
        version: Ref<Version>,
    ) -> Ref<federation::rows::Contract> {
        let act = phrases::give(self.unit(receiver), version, 1);
        let act = ProposeContract { terms: Terms::Gift, ..act };
        let proposed = self.does(giver, Act::ProposeContract(act));
        let contract = self.contract(&proposed);
        self.does(receiver, phrases::accept(contract));
        contract
    }

    /// One that a giver brings and its receiver rejects, to be cited as a failure.
    pub fn rejected(&mut self, parties: (Id<Unit>, Id<Unit>), version: Ref<Version>) -> Failure {
        let contract = self.gift(parties, version);
        let delivery = self.handed_over(contract, 1);
        self.does(parties.1, phrases::reject(delivery, 1));
        Failure::Rejected { delivery }
    }
}
