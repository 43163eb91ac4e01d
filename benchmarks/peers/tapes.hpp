// What the C++ tapes compute, by the same formulas as LiveGraphWorkload.cs, and how it is timed and told. A tape says how it
// records and goes back; everything else stands here.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

static const int sizes[] = {2, 16, 16, 1};
static const int layers = 3, widest = 16, rows = 100;

// The hinge loss of the moons network. Relu is the tape's own way to take the larger of a number and 0. Places for
// values are reused from row to row, as a tape likes it best.
template <typename T, typename Relu>
static void moons(const std::vector<T>& p, T& loss, Relu relu) {
    static T values[2][widest];
    static T z;
    loss = 0.0;
    for (int r = 0; r < rows; r++) {
        const double x[] = {std::sin(1 + 0.7 * r), std::sin(2.3 + 0.7 * r)};
        const T* at = p.data();
        for (int l = 1; l <= layers; l++) {
            const T* below = values[l % 2];
            T* own = values[(l + 1) % 2];
            for (int n = 0; n < sizes[l]; n++) {
                z = at[sizes[l - 1]];
                for (int i = 0; i < sizes[l - 1]; i++) {
                    if (l == 1) z += at[i] * x[i];
                    else z += at[i] * below[i];
                }
                at += sizes[l - 1] + 1;
                if (l < layers) relu(own[n], z);
            }
        }
        // z is the network's output.
        if (r % 2 == 0) z = 1.0 - z;
        else z = 1.0 + z;
        relu(z, z);
        loss += z;
    }
    loss *= 1.0 / rows;
}

static std::vector<double> moons_parameters() {
    std::vector<double> p;
    for (int l = 1; l <= layers; l++)
        for (int i = 0; i < sizes[l] * (sizes[l - 1] + 1); i++)
            p.push_back(i % (sizes[l - 1] + 1) == sizes[l - 1] ? 0 : std::sin(12.9898 * (i + 1)) / std::sqrt(sizes[l - 1]));
    return p;
}

// a y + b over and over, through tanh or not; p is a, b and the first y.
template <bool has_tanh, typename T>
static void chain(const std::vector<T>& p, T& y, int steps) {
    using std::tanh;
    y = p[2];
    for (int i = 0; i < steps; i++) {
        if (has_tanh) y = tanh(p[0] * y + p[1]);
        else y = p[0] * y + p[1];
    }
}

static const std::vector<double> chain_start = {0.999, 0.001, 0.5};

static double norm(const std::vector<double>& g) {
    double squares = 0;
    for (double x : g) squares += x * x;
    return std::sqrt(squares);
}

// A program's arguments are THREADS SECONDS [WORKLOAD ...]; a tape has one thread.
class Contest {
public:
    Contest(const char* peer, int count, char** arguments) : peer_(peer), count_(count), arguments_(arguments) {}

    // Times a step over groups that take about 5 ms each. The time is told in parts of a microsecond or of something
    // smaller: scale says how many of the unit a microsecond of the step is.
    template <typename Step>
    void measure(const char* workload, const char* precision, const char* unit, double scale, Step step) {
        if (std::atoi(arguments_[1]) != 1 || !chosen(workload)) return;
        using clock = std::chrono::steady_clock;
        auto microseconds = [](clock::duration d) { return std::chrono::duration<double, std::micro>(d).count(); };
        double seconds = std::atof(arguments_[2]);
        step();
        auto start = clock::now();
        double result = step();
        int group = std::max(1, (int)(5000 / microseconds(clock::now() - start)));
        std::vector<double> times;
        auto end = clock::now() + std::chrono::duration<double>(seconds);
        while (clock::now() < end || times.size() < 5) {
            start = clock::now();
            for (int i = 0; i < group; i++) result_ = step();
            times.push_back(microseconds(clock::now() - start) / group * scale);
        }
        std::sort(times.begin(), times.end());
        std::printf(
            "{\"workload\":\"%s\",\"peer\":\"%s\",\"precision\":\"%s\",\"threads\":1,\"unit\":\"%s\",\"least\":%.17g,\"median\":%.17g,\"result\":%.17g}\n",
            workload, peer_, precision, unit, times[0], times[times.size() / 2], result);
    }

    // All that a tape computes that is recorded anew in each step.
    template <typename Tape>
    void measure_anew(Tape& tape) {
        measure("moons, live graph", "double", "us", 1, [&] { return tape.moons_anew(); });
        // Two nodes a step of 1,000.
        measure("elementary operations", "double", "ns a node", 0.5, [&] { return tape.template chain_anew<false>(1000); });
        measure("chain of 1,000,000", "double", "ms", 0.001, [&] { return tape.template chain_anew<true>(1000000); });
    }

private:
    bool chosen(const char* workload) const {
        if (count_ <= 3) return true;
        for (int i = 3; i < count_; i++)
            if (std::strcmp(arguments_[i], workload) == 0) return true;
        return false;
    }

    const char* peer_;
    int count_;
    char** arguments_;
    // Where results go while time is taken, so that none is left out.
    volatile double result_ = 0;
};
