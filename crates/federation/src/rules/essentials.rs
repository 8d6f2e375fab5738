use std::collections::BTreeSet;

use crate::act::EssentialMark;
use crate::pact::check_essential_amounts;
use crate::rows::Specification;
use crate::{Federation, Id, Pact, Refusal};

impl Federation {
    /// What is essential, and which plans are preferred, are asked by questions of their own; a
    /// pact keeps them as they were at the founding.
    pub(crate) fn check_own_questions(&self, pact: &Pact) -> Result<(), Refusal> {
        let kept = |now: &Pact| now.essentials == pact.essentials && now.order == pact.order;
        match self.pact().is_none_or(kept) {
            true => Ok(()),
            false => Err(Refusal::OtherQuestion {}),
        }
    }

    /// Marks name different specifications that are not retired, within the pact's bounds.
    pub(crate) fn check_marks(&self, marks: &[EssentialMark]) -> Result<(), Refusal> {
        check_essential_amounts(marks.iter().map(|mark| mark.per_member))?;
        let mut different = BTreeSet::new();
        for mark in marks {
            let id = self.find_specification(mark.specification)?;
            self.check_not_retired(id)?;
            if !different.insert(id) {
                let specification = self.specification(id)?.name.clone();
                return Err(Refusal::MarkedTwice { specification });
            }
        }
        match marks.iter().all(|mark| self.is_marked(*mark)) && marks.len() == self.marked() {
            true => Err(Refusal::NothingChanges {}),
            false => Ok(()),
        }
    }

    fn is_marked(&self, mark: EssentialMark) -> bool {
        let row = self.find_specification(mark.specification).and_then(|id| self.specification(id));
        row.is_ok_and(|row| row.essential == Some(mark.per_member))
    }

    /// How many specifications are essential.
    fn marked(&self) -> usize {
        self.specifications().filter(|(_, row)| row.essential.is_some()).count()
    }

    /// These are essential from now on, and no others; what was retired meanwhile is not.
    pub(crate) fn mark_essential(&mut self, marks: &[EssentialMark]) {
        let all: Vec<Id<Specification>> = self.specifications().map(|(id, _)| id).collect();
        for id in all {
            let name = self.specification_ref(id);
            let mark = marks.iter().find(|mark| Some(mark.specification) == name);
            if let Ok(row) = self.specifications.row_mut(id) {
                row.essential = mark.map(|mark| mark.per_member).filter(|_| row.retired.is_none());
            }
        }
    }
}
