// The most hours that can be cleared, by LEMON's cost scaling.
//
//     lemon OBLIGATIONS
//
// Reads the table that `artel round solve --obligations` reads, units as whole numbers and hours
// whole, and prints the hours cleared and the CPU seconds of reading and of solving.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <lemon/cost_scaling.h>
#include <lemon/static_graph.h>
#include <utility>
#include <vector>

static double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

int main(int count, char **arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: lemon OBLIGATIONS\n");
        return 2;
    }
    std::FILE *file = std::fopen(arguments[1], "r");
    if (!file || std::fscanf(file, "from,to,hours\n") != 0) {
        std::fprintf(stderr, "%s: cannot be read\n", arguments[1]);
        return 2;
    }
    struct Obligation {
        int from, to;
        long long hours;
    };
    std::vector<Obligation> owed;
    int units = 0;
    for (Obligation one; std::fscanf(file, "%d,%d,%lld\n", &one.from, &one.to, &one.hours) == 3;) {
        owed.push_back(one);
        units = std::max(units, std::max(one.from, one.to) + 1);
    }
    std::fclose(file);
    double begun = cpu_seconds();

    // A static graph wants its arcs by their tails.
    std::stable_sort(owed.begin(), owed.end(),
                     [](const Obligation &a, const Obligation &b) { return a.from < b.from; });
    std::vector<std::pair<int, int>> ends;
    for (const Obligation &one : owed) ends.emplace_back(one.from, one.to);
    lemon::StaticDigraph graph;
    graph.build(units, ends.begin(), ends.end());
    lemon::StaticDigraph::ArcMap<long long> upper(graph), cost(graph, -1);
    for (std::size_t i = 0; i < owed.size(); ++i) upper[graph.arc(static_cast<int>(i))] = owed[i].hours;
    lemon::CostScaling<lemon::StaticDigraph, long long, long long> solver(graph);
    solver.upperMap(upper).costMap(cost);
    if (solver.run() != solver.OPTIMAL) {
        std::fprintf(stderr, "no optimum\n");
        return 1;
    }
    std::printf("%lld %.3f %.3f\n", -solver.totalCost<long long>(), begun, cpu_seconds() - begun);
    return 0;
}
