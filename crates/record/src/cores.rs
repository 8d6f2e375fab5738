//! Work on many things at once, on all cores.

use std::num::NonZero;
use std::thread;

/// So few that a thread costs more than it saves.
const FEW: usize = 16;

/// What `work` makes of each item, in their order.
pub(crate) fn on_all_cores<T: Send, R: Send>(
    mut items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(cores).max(FEW);
    thread::scope(|scope| {
        let work = &work;
        let mut others = Vec::new();
        while items.len() > share {
            let part = items.split_off(items.len() - share);
            others.push(scope.spawn(move || part.into_iter().map(work).collect::<Vec<_>>()));
        }
        let mut done: Vec<R> = items.into_iter().map(work).collect();
        for other in others.into_iter().rev() {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, 15, 16, 17, 33, 1000] {
            let numbers: Vec<usize> = (0..count).collect();
            let doubled: Vec<_> = numbers.iter().map(|n| n * 2).collect();
            assert_eq!(on_all_cores(numbers, |n| n * 2), doubled);
        }
    }
}
