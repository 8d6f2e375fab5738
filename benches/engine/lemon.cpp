// Stages of a round by LEMON, each on the optimal face of the one before.
//
//     lemon scaling|simplex PROBLEM STAGES
//
// Reads a problem as benches/engine/networks.py writes it, and goes through so many of its stages,
// but no further than until one plan is left. Prints what the first stage is worth, the CPU seconds
// of the first stage and of all, how many stages it took, and a sum over the flows, without rooms,
// that tells two plans apart.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#include <numeric>
#include <utility>
#include <vector>

using Number = long long;
using Graph = lemon::StaticDigraph;

static double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Problem {
    Number nodes, arcs, stages, flows;
    std::vector<int> tail, head;
    std::vector<Number> lower, upper;
    std::vector<std::vector<int>> gain;
};

template <class T> static bool column(std::FILE *file, std::vector<T> &values, Number count) {
    values.resize(count);
    return std::fread(values.data(), sizeof(T), count, file) == static_cast<std::size_t>(count);
}

static bool read(const char *path, Problem &problem) {
    std::FILE *file = std::fopen(path, "rb");
    Number sizes[4];
    if (!file || std::fread(sizes, sizeof(Number), 4, file) != 4) return false;
    problem.nodes = sizes[0], problem.arcs = sizes[1];
    problem.stages = sizes[2], problem.flows = sizes[3];
    bool whole = column(file, problem.tail, problem.arcs) && column(file, problem.head, problem.arcs) &&
                 column(file, problem.lower, problem.arcs) && column(file, problem.upper, problem.arcs);
    problem.gain.resize(problem.stages);
    for (std::vector<int> &gain : problem.gain) whole = whole && column(file, gain, problem.arcs);
    std::fclose(file);
    return whole;
}

// The plans that are the best so far: a flow, and the arcs that may still change.
struct Face {
    const Problem &problem;
    std::vector<Number> flow;
    std::vector<int> free;
};

// Solves one stage over the free arcs, and fixes those of non-zero reduced cost.
template <class Solver> static bool descend(Face &face, const std::vector<int> &gain) {
    const Problem &problem = face.problem;
    // A static graph wants its arcs by their tails.
    std::vector<int> order(face.free);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return problem.tail[a] < problem.tail[b]; });
    std::vector<std::pair<int, int>> ends;
    for (int arc : order) ends.emplace_back(problem.tail[arc], problem.head[arc]);
    Graph graph;
    graph.build(static_cast<int>(problem.nodes), ends.begin(), ends.end());
    Graph::ArcMap<Number> lower(graph), upper(graph), cost(graph);
    for (std::size_t i = 0; i < order.size(); ++i) {
        Graph::Arc arc = graph.arc(static_cast<int>(i));
        // What flows already is nought, so that nothing has to be supplied.
        lower[arc] = problem.lower[order[i]] - face.flow[order[i]];
        upper[arc] = problem.upper[order[i]] - face.flow[order[i]];
        cost[arc] = -gain[order[i]];
    }
    Solver solver(graph);
    solver.lowerMap(lower).upperMap(upper).costMap(cost);
    if (solver.run() != Solver::OPTIMAL) return false;
    std::vector<int> free;
    for (std::size_t i = 0; i < order.size(); ++i) {
        Graph::Arc arc = graph.arc(static_cast<int>(i));
        face.flow[order[i]] += solver.flow(arc);
        Number reduced =
            cost[arc] + solver.potential(graph.source(arc)) - solver.potential(graph.target(arc));
        if (reduced == 0) free.push_back(order[i]);
    }
    std::sort(free.begin(), free.end());
    face.free.swap(free);
    return true;
}

// Whether no flow can change any more: the arcs open both ways form a forest, and with each of its
// trees drawn together to a point the others form no cycle.
static bool is_single(const Face &face) {
    const Problem &problem = face.problem;
    std::vector<int> above(problem.nodes);
    std::iota(above.begin(), above.end(), 0);
    auto root = [&](int node) {
        while (above[node] != node) node = above[node] = above[above[node]];
        return node;
    };
    std::vector<std::pair<int, int>> ways;
    for (int arc : face.free) {
        bool rises = face.flow[arc] < problem.upper[arc], falls = face.flow[arc] > problem.lower[arc];
        if (!rises || !falls) continue;
        int one = root(problem.tail[arc]), other = root(problem.head[arc]);
        if (one == other) return false;
        above[one] = other;
    }
    std::vector<int> incoming(problem.nodes, 0);
    for (int arc : face.free) {
        bool rises = face.flow[arc] < problem.upper[arc], falls = face.flow[arc] > problem.lower[arc];
        if (rises == falls) continue;
        int tail = root(problem.tail[arc]), head = root(problem.head[arc]);
        ways.emplace_back(rises ? tail : head, rises ? head : tail);
        ++incoming[ways.back().second];
    }
    std::sort(ways.begin(), ways.end());
    std::vector<int> bare;
    for (int node = 0; node < problem.nodes; ++node)
        if (!incoming[node]) bare.push_back(node);
    std::size_t taken = 0;
    while (!bare.empty()) {
        int node = bare.back();
        bare.pop_back();
        auto way = std::lower_bound(ways.begin(), ways.end(), std::make_pair(node, -1));
        for (; way != ways.end() && way->first == node; ++way, ++taken)
            if (!--incoming[way->second]) bare.push_back(way->second);
    }
    return taken == ways.size();
}

template <class Solver> static int run(const Problem &problem, Number stages) {
    Face face{problem, std::vector<Number>(problem.arcs, 0), {}};
    for (int arc = 0; arc < problem.arcs; ++arc)
        if (problem.lower[arc] < problem.upper[arc]) face.free.push_back(arc);
    double begun = cpu_seconds(), first = 0;
    Number worth = 0, stage = 0;
    do {
        if (!descend<Solver>(face, problem.gain[stage])) {
            std::fprintf(stderr, "no optimum\n");
            return 1;
        }
        if (stage == 0) {
            first = cpu_seconds() - begun;
            for (int arc = 0; arc < problem.arcs; ++arc) worth += problem.gain[0][arc] * face.flow[arc];
        }
    } while (++stage < stages && !is_single(face));
    unsigned long long sum = 0;
    for (int arc = 0; arc < problem.flows; ++arc)
        sum = sum * 1000003ULL + static_cast<unsigned long long>(face.flow[arc]);
    std::printf("%lld %.4f %.4f %lld %llu\n", worth, first, cpu_seconds() - begun, stage, sum);
    return 0;
}

int main(int count, char **arguments) {
    Problem problem;
    if (count != 4 || !read(arguments[2], problem)) {
        std::fprintf(stderr, "usage: lemon scaling|simplex PROBLEM STAGES\n");
        return 2;
    }
    Number stages = std::min(std::atoll(arguments[3]), problem.stages);
    if (!std::strcmp(arguments[1], "scaling"))
        return run<lemon::CostScaling<Graph, Number, Number>>(problem, stages);
    return run<lemon::NetworkSimplex<Graph, Number, Number>>(problem, stages);
}
