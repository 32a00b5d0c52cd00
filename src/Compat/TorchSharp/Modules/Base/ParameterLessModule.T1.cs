using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A layer of one input without parameters or buffers: moving it does nothing.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_parameter(string name, Parameter param) => throw IParameterLessModule.Refuse("parameter", name, this);
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw IParameterLessModule.Refuse("buffer", name, this);

    public override void register_module(string name, nn.Module submodule) =>
        base.register_module(name, submodule is IParameterLessModule ? submodule : throw IParameterLessModule.Refuse("module with parameters", name, this));

    protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => this;
    protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;
    protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => this;
}
