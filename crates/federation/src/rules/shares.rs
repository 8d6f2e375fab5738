use measure::Hours;

/// How much somebody is to carry, and how much they can at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Portion {
    /// What the others' parts are compared with.
    pub(crate) weight: Hours,
    /// The most that they can take.
    pub(crate) most: Hours,
}

/// Divides hours by weight, within what each can take: who can take less takes that, and the others
/// the rest, by weight. In whole seconds that come to exactly the sum; what is left over goes one
/// second each to those who lost most by rounding down, earlier ones before later ones.
///
/// The sum must not be more than all can take together; what nobody can take stays out.
pub(crate) fn divided(sum: Hours, portions: &[Portion]) -> Vec<Hours> {
    let most = |portion: &Portion| i128::from(portion.most.at_least_zero().seconds());
    let weight = |portion: &Portion| i128::from(portion.weight.at_least_zero().seconds());
    let mut parts: Vec<Option<i128>> =
        portions.iter().map(|p| (weight(p) == 0).then_some(0)).collect();
    let mut rest = i128::from(sum.at_least_zero().seconds());
    loop {
        let open = || portions.iter().zip(&parts).filter(|(_, part)| part.is_none());
        let weights: i128 = open().map(|(portion, _)| weight(portion)).sum();
        if weights == 0 {
            break;
        }
        let fair = |portion: &Portion| rest * weight(portion) / weights;
        let full: Vec<bool> = portions
            .iter()
            .zip(&parts)
            .map(|(p, part)| part.is_none() && most(p) <= fair(p))
            .collect();
        if !full.contains(&true) {
            let fractions: Vec<i128> =
                portions.iter().map(|portion| rest * weight(portion) % weights).collect();
            let wholes: Vec<i128> = portions.iter().map(fair).collect();
            spread(&mut parts, rest, &wholes, &fractions);
            break;
        }
        for ((portion, part), is_full) in portions.iter().zip(&mut parts).zip(full) {
            if is_full {
                rest -= most(portion);
                *part = Some(most(portion));
            }
        }
    }
    let hours = |part: Option<i128>| i64::try_from(part.unwrap_or(0)).unwrap_or(0);
    parts.into_iter().map(|p| Hours::from_seconds(hours(p)).unwrap_or_default()).collect()
}

/// Gives each open part its whole seconds, and what is left to the largest fractions.
fn spread(parts: &mut [Option<i128>], rest: i128, wholes: &[i128], fractions: &[i128]) {
    let mut open: Vec<(usize, i128)> = Vec::new();
    let mut left = rest;
    for (at, ((part, &whole), &fraction)) in parts.iter_mut().zip(wholes).zip(fractions).enumerate()
    {
        if part.is_none() {
            *part = Some(whole);
            left -= whole;
            open.push((at, fraction));
        }
    }
    open.sort_by_key(|&(_, fraction)| std::cmp::Reverse(fraction));
    for (at, _) in open {
        if left == 0 {
            return;
        }
        if let Some(Some(part)) = parts.get_mut(at) {
            *part += 1;
            left -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sum: i64, portions: &[(i64, i64)]) -> Vec<i64> {
        let seconds = |n| Hours::from_seconds(n).unwrap();
        let portions: Vec<Portion> = portions
            .iter()
            .map(|&(weight, most)| Portion { weight: seconds(weight), most: seconds(most) })
            .collect();
        divided(seconds(sum), &portions).into_iter().map(Hours::seconds).collect()
    }

    #[test]
    fn shares_are_whole_seconds_that_come_to_the_sum() {
        assert_eq!(parts(100, &[(1, 100), (1, 100), (1, 100)]), [34, 33, 33]);
        assert_eq!(parts(7, &[(2, 9), (1, 9), (1, 9)]), [3, 2, 2]);
        for sum in 0..60 {
            let found = parts(sum, &[(5, 20), (3, 3), (7, 30), (1, 7)]);
            assert_eq!(found.iter().sum::<i64>(), sum, "{found:?}");
            assert!(found.iter().zip([20, 3, 30, 7]).all(|(&part, most)| part <= most));
        }
    }

    #[test]
    fn whoever_can_take_less_leaves_the_rest_to_the_others() {
        assert_eq!(parts(90, &[(1, 10), (1, 100), (1, 100)]), [10, 40, 40]);
        assert_eq!(parts(90, &[(1, 0), (2, 100), (1, 100)]), [0, 60, 30]);
        assert_eq!(parts(30, &[(0, 100), (1, 30)]), [0, 30]);
    }
}
