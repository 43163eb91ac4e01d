// Sacado's reverse mode, which records anew in each step: it has no replay.
//
//   g++ -O3 -march=native -I/usr/include/trilinos sacado.cpp -ltrilinos_sacado -ltrilinos_teuchoscore -o sacado
#include <Sacado_trad.hpp>

#include "tapes.hpp"

using Active = Sacado::Rad::ADvar<double>;

class Tape {
public:
    double moons_anew() {
        double value = record(moons_parameters_, [](auto& x, Active& y) {
            moons(x, y, [](Active& h, Active& z) {
                if (z.val() > 0) h = z;
                else h = 0.0;
            });
        });
        return value + norm(gradient_);
    }

    template <bool has_tanh>
    double chain_anew(int steps) {
        record(chain_start, [=](auto& x, Active& y) { chain<has_tanh>(x, y, steps); });
        return gradient_[0];
    }

private:
    template <typename Program>
    double record(const std::vector<double>& p, Program program) {
        active_.resize(p.size());
        for (size_t i = 0; i < p.size(); i++) active_[i] = p[i];
        static Active y;
        program(active_, y);
        Active::Outvar_Gradcomp(y);
        gradient_.resize(p.size());
        for (size_t i = 0; i < p.size(); i++) gradient_[i] = active_[i].adj();
        return y.val();
    }

    std::vector<double> moons_parameters_ = moons_parameters(), gradient_;
    std::vector<Active> active_;
};

int main(int count, char** arguments) {
    Contest contest("Sacado", count, arguments);
    Tape tape;
    contest.measure_anew(tape);
}
