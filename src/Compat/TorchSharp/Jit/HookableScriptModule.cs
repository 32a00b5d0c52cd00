using ModuleHandle = Fovea.Native.ModuleHandle;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>A TorchScript module that calls hooks before and after its forward pass.</summary>
        public class HookableScriptModule<TPreHook, TPostHook> : ScriptModule
        {
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];

            internal HookableScriptModule(ModuleHandle module)
                : base(module)
            {
            }

            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = Guid.NewGuid().ToString();
                post_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = Guid.NewGuid().ToString();
                pre_hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook off again.</summary>
            public class HookRemover(HookableScriptModule<TPreHook, TPostHook> module, string key)
            {
                public void remove()
                {
                    module.pre_hooks.Remove(key);
                    module.post_hooks.Remove(key);
                }
            }
        }
    }
}
