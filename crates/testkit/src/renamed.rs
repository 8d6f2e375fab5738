//! G2: names matter not.

use federation::invariants::Broken;

use crate::Scene;

/// Placeholder.
pub fn names_matter_not(_scene: &Scene) -> Result<(), Broken> {
    Ok(())
}
