// The moons loss and its gradient on ADOL-C's tape, by the same formulas as LiveGraphWorkload.cs: recorded anew at each
// step, and replayed on the tape of the first.
//
//   g++ -O3 -march=native adolc.cpp -ladolc -o adolc && ./adolc SECONDS
#include <adolc/adolc.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

static const std::vector<int> sizes = {2, 16, 16, 1};
static const int rows = 100;

template <typename T>
static T loss(const std::vector<T>& p) {
    T sum = 0;
    for (int r = 0; r < rows; r++) {
        std::vector<T> values = {T(std::sin(1 + 0.7 * r)), T(std::sin(2.3 + 0.7 * r))};
        size_t at = 0;
        for (size_t l = 1; l < sizes.size(); l++) {
            std::vector<T> next;
            next.reserve(sizes[l]);
            for (int n = 0; n < sizes[l]; n++) {
                T z = p[at + values.size()];
                for (size_t i = 0; i < values.size(); i++) z += p[at + i] * values[i];
                at += values.size() + 1;
                next.push_back(l + 1 < sizes.size() ? T(fmax(z, T(0))) : z);
            }
            values = next;
        }
        sum += fmax(1 - (r % 2 == 0 ? 1.0 : -1.0) * values[0], T(0));
    }
    return sum / rows;
}

int main(int, char** argv) {
    double seconds = std::atof(argv[1]);
    std::vector<double> p;
    for (size_t l = 1; l < sizes.size(); l++)
        for (int i = 0; i < sizes[l] * (sizes[l - 1] + 1); i++)
            p.push_back(i % (sizes[l - 1] + 1) == sizes[l - 1] ? 0 : std::sin(12.9898 * (i + 1)) / std::sqrt(sizes[l - 1]));
    std::vector<double> g(p.size());
    double value = 0;
    auto anew = [&] {
        trace_on(1);
        std::vector<adouble> x(p.size());
        for (size_t i = 0; i < p.size(); i++) x[i] <<= p[i];
        adouble y = loss(x);
        y >>= value;
        trace_off();
        gradient(1, (int)p.size(), p.data(), g.data());
    };
    auto replay = [&] { gradient(1, (int)p.size(), p.data(), g.data()); };
    auto measure = [&](const char* workload, auto step) {
        std::vector<double> times;
        auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        step();
        while (std::chrono::steady_clock::now() < end || times.size() < 5) {
            auto start = std::chrono::steady_clock::now();
            for (int i = 0; i < 5; i++) step();
            times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / 5);
        }
        std::sort(times.begin(), times.end());
        double squares = 0;
        for (double x : g) squares += x * x;
        std::printf(
            "{\"workload\":\"%s\",\"peer\":\"ADOL-C\",\"precision\":\"double\",\"threads\":1,\"least\":%.17g,\"median\":%.17g,\"result\":%.17g}\n",
            workload, times[0], times[times.size() / 2], value + std::sqrt(squares));
    };
    measure("moons, live graph", anew);
    measure("moons, replayed tape", replay);
}
