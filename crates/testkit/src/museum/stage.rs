use federation::rows::{Contract, Unit, Version};
use federation::{Act, Entry, Id, Pact, Ref, Refusal};

use crate::{Listed, Member, Scene, member, phrases};

/// A bakery, a clinic and a farm, and bread at an hour a piece. The farm has one member, the
/// others have two.
pub(super) struct Stage {
    pub(super) scene: Scene,
    pub(super) bakery: Id<Unit>,
    pub(super) clinic: Id<Unit>,
    pub(super) farm: Id<Unit>,
    pub(super) bread: Ref<Version>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let mut scene = Scene::found(Self::listed());
        let [bakery, clinic, farm] = ["bakery", "clinic", "farm"].map(|name| scene.called(name));
        let bread = scene.valued(bakery, "bread", 60);
        Self { scene, bakery, clinic, farm, bread }
    }

    pub(super) fn listed() -> Vec<Listed> {
        vec![Listed::new("bakery", 2), Listed::new("clinic", 2), Listed::new("farm", 1)]
    }

    /// A founding act with something wrong.
    pub(super) fn founded(change: impl FnOnce(&mut federation::act::Found)) -> Refusal {
        let mut scene = Scene::new();
        let founder = scene.founder_of(&Self::listed());
        let mut act = crate::scene::founding(Pact::default(), Self::listed());
        if let Act::Found(found) = &mut act {
            change(found);
        }
        refused(scene.try_act(founder, act).err())
    }

    /// What a rule says to a unit's act.
    pub(super) fn refuses(&mut self, unit: Id<Unit>, act: Act) -> Refusal {
        self.scene.refused(unit, act)
    }

    /// What a rule says to one person's act.
    pub(super) fn refuses_person(&mut self, by: Member, act: Act) -> Refusal {
        refused(self.scene.try_act(by, act).err())
    }

    /// What a rule says to an entry of the bakery's that is changed before it comes in.
    pub(super) fn changed(&mut self, act: Act, change: impl FnOnce(&mut Entry)) -> Refusal {
        let mut entry = self.scene.entry(self.scene.signer(self.bakery), act);
        change(&mut entry);
        refused(self.scene.apply(entry).err())
    }

    /// The second member of the bakery.
    pub(super) fn second(&self) -> Member {
        let signers = self.scene.signers(self.bakery);
        signers.get(1).copied().unwrap_or_else(|| member(0))
    }

    /// How statements name a unit.
    pub(super) fn unit(&self, id: Id<Unit>) -> Ref<Unit> {
        self.scene.unit(id)
    }

    /// So much bread, agreed between the bakery and the clinic.
    pub(super) fn agreed(&mut self, quantity: i64) -> Ref<Contract> {
        self.scene.agreed((self.bakery, self.clinic), self.bread, quantity)
    }

    /// So much bread, proposed by the bakery to the clinic.
    pub(super) fn proposed(&mut self, quantity: i64) -> Ref<Contract> {
        let act = phrases::give(self.unit(self.clinic), self.bread, quantity);
        let effect = self.scene.does(self.bakery, Act::ProposeContract(act));
        self.scene.contract(&effect)
    }
}

pub(super) fn refused(refusal: Option<Refusal>) -> Refusal {
    refusal.unwrap_or_else(|| panic!("no rule says no"))
}
